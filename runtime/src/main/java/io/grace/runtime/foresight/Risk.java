package io.grace.runtime.foresight;

import io.grace.core.model.Change;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Topology;
import io.grace.core.model.Trigger;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Puts together what each by itself is no reason to worry: a change, a thin error budget, a sick
/// dependency, runs that did not help.
///
/// The confidence is the logistic function of −1.6 plus 1.3 for each: one alone gives 0.43, two
/// give 0.73, three 0.91.
final class Risk {
  private static final double BASE = -1.6;
  private static final double EACH = 1.3;
  private static final Duration CHANGED_WITHIN = Duration.ofHours(2);
  private static final Duration FAILED_WITHIN = Duration.ofHours(1);
  private static final double THIN = 0.25;

  private Risk() {}

  /// The services for which anything speaks; those that are sick already are not at risk.
  static List<Trigger> all(Snapshot snapshot, Topology topology, Instant now) {
    var triggers = new ArrayList<Trigger>();
    for (ServiceId service : new TreeSet<>(candidates(snapshot, topology))) {
      if (!snapshot.health(service).isSick()) {
        of(service, snapshot, topology, now).ifPresent(triggers::add);
      }
    }
    return triggers;
  }

  private static Set<ServiceId> candidates(Snapshot snapshot, Topology topology) {
    var named = new HashSet<>(snapshot.sensed().changes().keySet());
    snapshot.sensed().slos().values().forEach(s -> named.add(s.service()));
    snapshot
        .health()
        .forEach((service, state) -> {
          if (state.health().isSick()) {
            named.addAll(topology.blastRadius(Set.of(service)).dependents());
          }
        });
    return named;
  }

  private static Optional<Trigger> of(
      ServiceId service, Snapshot snapshot, Topology topology, Instant now) {
    var reasons = new ArrayList<String>();
    Set<ServiceId> called = topology.dependenciesOf(service);
    change(service, called, snapshot, now).ifPresent(reasons::add);
    snapshot.sensed().slos().values().stream()
        .filter(s -> s.service().equals(service) && s.budgetLeft() < THIN)
        .findFirst()
        .map(SloReading::slo)
        .ifPresent(slo -> reasons.add("the error budget of " + slo + " is thin"));
    called.stream()
        .filter(c -> snapshot.health(c).status() != Health.Status.UNKNOWN)
        .filter(c -> snapshot.health(c).isSick())
        .sorted()
        .findFirst()
        .ifPresent(c -> reasons.add("it calls " + c + ", which is sick"));
    long failed =
        snapshot.outcomes().stream()
            .filter(o -> o.service().equals(service))
            .filter(o -> o.outcome() != Run.Outcome.SUCCEEDED)
            .filter(o -> o.at().isAfter(now.minus(FAILED_WITHIN)))
            .count();
    if (failed >= 2) {
      reasons.add(failed + " runs did not help within the hour");
    }
    double confidence = 1 / (1 + Math.exp(-(BASE + EACH * reasons.size())));
    return reasons.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Trigger(
                Trigger.Kind.ML_RISK_ASSESSMENT,
                "risk",
                Optional.of(service),
                confidence,
                service + " is at risk: " + String.join("; ", reasons),
                now,
                now.plus(Duration.ofHours(1))));
  }

  private static Optional<String> change(
      ServiceId service, Set<ServiceId> called, Snapshot snapshot, Instant now) {
    var near = new HashSet<>(called);
    near.add(service);
    return near.stream()
        .flatMap(s -> snapshot.sensed().changes().getOrDefault(s, List.of()).stream())
        .filter(c -> c.at().isAfter(now.minus(CHANGED_WITHIN)))
        .min((a, b) -> b.at().compareTo(a.at()))
        .map((Change c) -> c.service() + " was changed lately (" + c.id() + ")");
  }
}
