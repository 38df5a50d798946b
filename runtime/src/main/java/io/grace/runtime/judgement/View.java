package io.grace.runtime.judgement;

import io.grace.core.analyze.Calls;
import io.grace.core.model.Causes;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SourceId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.cause.Call;
import io.grace.intelligence.cause.Cause;
import io.grace.intelligence.cause.Change;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Track;
import io.grace.runtime.foresight.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One incident as numbers, and numbers as causes again.
///
/// @param services by their index in the scene
/// @param metrics by the index of their track
record View(List<ServiceId> services, List<MetricId> metrics, Scene scene) {
  /// A threshold is crossed, and crossed again, before anybody calls it an incident.
  private static final Duration LATENESS = Duration.ofMinutes(2);

  static View of(Incident incident, List<Recent> measured, Snapshot state, Policy policy) {
    var numbers = new Numbers();
    int sick = numbers.index(incident.service());
    var tracks = new ArrayList<Track>();
    var metrics = new ArrayList<MetricId>();
    var isMeasured = new HashSet<Integer>();
    for (Recent r : measured) {
      Metric metric = policy.metrics().get(r.metric());
      if (metric != null && !Foreseen.is(r.metric()) && !SourceId.isNode(r.service())) {
        int service = numbers.index(r.service());
        isMeasured.add(service);
        metrics.add(r.metric());
        tracks.add(
            new Track(
                service,
                r.metric().value(),
                MetricKinds.kind(metric),
                MetricKinds.worse(metric),
                r.seconds(),
                r.values()));
      }
    }
    var calls = new ArrayList<Call>();
    Calls.together(policy.topology(), state.sensed().calls().keySet())
        .dependencies()
        .forEach((from, to) ->
            to.forEach(callee -> calls.add(new Call(numbers.index(from), numbers.index(callee)))));
    List<Change> changes = changes(incident.began(), state, policy, numbers);
    var pseudo = new HashSet<Integer>();
    for (int i = 0; i < numbers.services.size(); i++) {
      if (!isMeasured.contains(i)) {
        pseudo.add(i);
      }
    }
    return new View(
        numbers.services,
        metrics,
        new Scene(
            numbers.services.stream().map(ServiceId::value).toList(),
            pseudo,
            tracks,
            incident.began().getEpochSecond(),
            LATENESS.toSeconds(),
            Set.of(sick),
            calls,
            changes));
  }

  private static List<Change> changes(
      Instant began, Snapshot state, Policy policy, Numbers numbers) {
    Instant since = began.minus(policy.sensing().changesWithin());
    return state.sensed().changes().values().stream()
        .flatMap(List::stream)
        .filter(c -> c.at().isAfter(since) && !c.at().isAfter(began))
        .map(c ->
            new Change(
                numbers.index(c.service()),
                c.at().getEpochSecond(),
                c.kind().name().toLowerCase(Locale.ROOT)))
        .toList();
  }

  Causes.Cause cause(Cause found) {
    return new Causes.Cause(
        services.get(found.service()),
        found.track() < 0 ? Optional.empty() : Optional.of(metrics.get(found.track())),
        found.probability(),
        found.why());
  }

  /// Services in the order in which they come up.
  private static final class Numbers {
    private final List<ServiceId> services = new ArrayList<>();
    private final Map<ServiceId, Integer> indices = new HashMap<>();

    int index(ServiceId service) {
      return indices.computeIfAbsent(
          service,
          s -> {
            services.add(s);
            return services.size() - 1;
          });
    }
  }
}
