package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Sighting.StormBegan;
import io.grace.core.event.Sighting.StormEnded;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.policy.Policy;
import io.grace.core.policy.Sensing;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Notices that more begins at once than can be understood one by one.
///
/// While a storm lasts there is one incident, a person is called, alerts are counted and nothing is
/// proposed. When it is over GRACE looks at what is wrong then; what was wrong meanwhile is not
/// gone through again.
final class StormStage {
  /// Where the incident of a storm is kept; no declared service can be called so, see `grace
  /// check`.
  static final ServiceId EVERYWHERE = new ServiceId("grace.storm");

  static final DiagnosisKind KIND = new DiagnosisKind("alert_storm");

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Policy policy;

  StormStage(Policy policy) {
    this.policy = policy;
  }

  List<Event> decide(Snapshot snapshot, Instant now) {
    return snapshot.sensed().storm().isPresent() ? end(snapshot, now) : begin(snapshot, now);
  }

  private List<Event> begin(Snapshot snapshot, Instant now) {
    Sensing.Storm limits = policy.sensing().storm();
    int rate = snapshot.sensed().onsets(now, MINUTE);
    if (rate < limits.enter()) {
      return List.of();
    }
    int sick = (int) snapshot.health().values().stream().filter(h -> h.health().isSick()).count();
    String why =
        String.format(
            Locale.ROOT,
            "%d alerts and sicknesses began within a minute, from %d on it is a storm; %d services"
                + " are sick: GRACE proposes nothing until it is over",
            rate,
            limits.enter(),
            sick);
    var events = new ArrayList<Event>();
    events.add(new StormBegan(rate, sick, why, now));
    if (snapshot.openIncident(EVERYWHERE).isEmpty()) {
      var id = new IncidentId(String.format(Locale.ROOT, "i-%06d", snapshot.lastIncident() + 1));
      events.add(
          new IncidentOpened(
              id, EVERYWHERE, Hash.sha256(EVERYWHERE + "\n" + KIND), Severity.CRITICAL, now));
      events.add(
          new IncidentDiagnosed(
              id,
              new Diagnosis(
                  EVERYWHERE,
                  KIND,
                  Severity.CRITICAL,
                  1,
                  List.of(),
                  Optional.empty(),
                  List.of(),
                  why),
              now));
      events.add(new IncidentEscalated(id, why, now));
    }
    return events;
  }

  private List<Event> end(Snapshot snapshot, Instant now) {
    Sensing.Storm limits = policy.sensing().storm();
    var storm = snapshot.sensed().storm().orElseThrow();
    double minutes = limits.hold().toMillis() / 60_000.0;
    int lately = snapshot.sensed().onsets(now, limits.hold());
    if (now.isBefore(storm.since().plus(limits.hold())) || lately >= limits.exit() * minutes) {
      return List.of();
    }
    String why =
        String.format(
            Locale.ROOT,
            "%d alerts and sicknesses began within %d s, fewer than %d a minute",
            lately,
            limits.hold().toSeconds(),
            limits.exit());
    var events = new ArrayList<Event>();
    events.add(new StormEnded(storm.alerts(), why, now));
    snapshot
        .openIncident(EVERYWHERE)
        .ifPresent(i -> events.add(new IncidentResolved(i.id(), Recovery.BY_ITSELF, now)));
    return events;
  }
}
