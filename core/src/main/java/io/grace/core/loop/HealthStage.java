package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.monitor.HealthMonitor;
import io.grace.core.monitor.Readings;
import io.grace.core.policy.Policy;
import io.grace.core.state.AlertState;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Monitor: measurements become changes of health.
final class HealthStage {
  /// A confidence that moved this much is worth a record while a service is sick, because
  /// guardrails ask for it.
  private static final double CONFIDENCE_STEP = 0.1;

  private final HealthMonitor monitor;

  HealthStage(Policy policy) {
    this.monitor = new HealthMonitor(policy.metrics(), policy.limits().staleAfter());
  }

  List<? extends Event> decide(
      Snapshot snapshot, Readings readings, Set<ServiceId> heard, Instant now) {
    var events = new ArrayList<HealthChanged>();
    for (ServiceId service : heard) {
      assess(service, snapshot, readings, now).ifPresent(events::add);
    }
    var sources = events.stream().map(HealthChanged::service).toList();
    Set<ServiceId> told = toldOnlyBy(sources, heard, snapshot);
    if (!told.isEmpty()) {
      // A source that died or came back changes what its alerts say.
      Snapshot after = snapshot.after(events);
      told.forEach(service -> assess(service, after, readings, now).ifPresent(events::add));
    }
    // Only the news is put in order: it is little, what was heard of may be everything.
    events.sort(Comparator.comparing(HealthChanged::service));
    return events;
  }

  private Optional<HealthChanged> assess(
      ServiceId service, Snapshot snapshot, Readings readings, Instant now) {
    Health before = snapshot.health(service);
    Health after = monitor.assess(service, readings, snapshot, now);
    return isNews(before, after)
        ? Optional.of(new HealthChanged(service, before.status(), after, now))
        : Optional.empty();
  }

  /// The services with alerts of these sources that were not heard of now.
  private static Set<ServiceId> toldOnlyBy(
      List<ServiceId> sources, Set<ServiceId> heard, Snapshot snapshot) {
    if (sources.isEmpty() || snapshot.sensed().alerts().isEmpty()) {
      return Set.of();
    }
    var told = new TreeSet<ServiceId>();
    for (AlertState state : snapshot.sensed().alerts().values()) {
      if (sources.contains(state.alert().source().node())
          && !heard.contains(state.alert().service())) {
        told.add(state.alert().service());
      }
    }
    return told;
  }

  /// The journal gets changes, not measurements.
  private static boolean isNews(Health before, Health after) {
    return before.status() != after.status()
        || (after.isSick()
            && (!metrics(before).equals(metrics(after))
                || Math.abs(before.confidence() - after.confidence()) >= CONFIDENCE_STEP));
  }

  private static Set<Object> metrics(Health health) {
    return health.symptoms().stream().map(Symptom::metric).collect(Collectors.toSet());
  }
}
