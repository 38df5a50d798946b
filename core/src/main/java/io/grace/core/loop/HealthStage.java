package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.monitor.HealthMonitor;
import io.grace.core.monitor.Readings;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
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
      Health before = snapshot.health(service);
      Health after = monitor.assess(service, readings, snapshot, now);
      if (isNews(before, after)) {
        events.add(new HealthChanged(service, before.status(), after, now));
      }
    }
    // Only the news is put in order: it is little, what was heard of may be everything.
    events.sort(Comparator.comparing(HealthChanged::service));
    return events;
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
