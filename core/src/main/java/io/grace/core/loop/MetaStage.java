package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Health.Status;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.MetaCycle.Focus;
import io.grace.core.model.MetaCycle.Guardrail;
import io.grace.core.model.Metric;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.Incident;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks at the whole now and then: chooses what to attend to, and how much GRACE may do by itself.
///
/// Distress alone never tightens: a fleet in trouble is when healing is needed. What tightens is
/// evidence that GRACE's own acts do not help, or that too much is broken to touch.
final class MetaStage {
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  /// So many runs that did not help within the hour, and more than every second one.
  private static final int VIOLATIONS_TO_TIGHTEN = 2;

  /// This share of all services sick at their root is too much to touch.
  private static final double ROOTS_TO_TIGHTEN = 0.5;

  private static final int SUCCESSES_TO_LOOSEN = 5;
  private static final int CALM = 20;

  private final Duration every;

  MetaStage(Duration every) {
    this.every = every;
  }

  List<Event> decide(Snapshot snapshot, Instant now) {
    boolean isDue =
        snapshot.meta().map(m -> !now.isBefore(m.at().plus(every))).orElse(true)
            && snapshot.life().epoch() > 0;
    return isDue ? List.of(new MetaCycled(look(snapshot, now), now)) : List.of();
  }

  private static MetaCycle look(Snapshot snapshot, Instant now) {
    List<ServiceId> critical = withStatus(snapshot, Status.CRITICAL);
    List<ServiceId> degraded = withStatus(snapshot, Status.DEGRADED);
    int open = snapshot.openIncidents().size();
    int distress = MetaCycle.distress(critical.size(), degraded.size(), open);
    var evidence = new ArrayList<String>();
    Guardrail guardrail = guardrail(snapshot, distress, evidence, now);
    Focus focus = focus(snapshot, evidence, now);
    return new MetaCycle(
        snapshot.metaCycle().number() + 1,
        focus,
        guardrail,
        distress,
        critical,
        degraded,
        open,
        evidence,
        Advisers.of(snapshot));
  }

  private static List<ServiceId> withStatus(Snapshot snapshot, Status status) {
    return snapshot.health().entrySet().stream()
        .filter(e -> e.getValue().health().status() == status)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Guardrail guardrail(
      Snapshot snapshot, int distress, List<String> evidence, Instant now) {
    long unhelpful = outcomes(snapshot, false, now);
    long helpful = outcomes(snapshot, true, now);
    if (unhelpful >= VIOLATIONS_TO_TIGHTEN && unhelpful >= helpful) {
      evidence.add(
          "tight: " + unhelpful + " runs did not help within the hour, " + helpful + " did");
      return Guardrail.TIGHT;
    }
    long roots = diagnoses(snapshot).stream().filter(d -> d.causedBy().isEmpty()).count();
    if (roots > 1 && roots >= ROOTS_TO_TIGHTEN * snapshot.health().size()) {
      evidence.add(
          "tight: " + roots + " of " + snapshot.health().size() + " services are sick at the root");
      return Guardrail.TIGHT;
    }
    if (helpful >= SUCCESSES_TO_LOOSEN && unhelpful == 0 && distress < CALM) {
      evidence.add("loose: " + helpful + " runs helped within the hour and all is calm");
      return Guardrail.LOOSE;
    }
    evidence.add(
        "maintain: " + helpful + " runs helped within the hour, " + unhelpful + " did not");
    return Guardrail.MAINTAIN;
  }

  private static long outcomes(Snapshot snapshot, boolean helped, Instant now) {
    Instant since = now.minus(LOOK_BACK);
    return snapshot.outcomes().stream()
        .filter(o -> o.at().isAfter(since))
        .filter(o -> (o.outcome() == Outcome.SUCCEEDED) == helped)
        .count();
  }

  private static Focus focus(Snapshot snapshot, List<String> evidence, Instant now) {
    List<Diagnosis> diagnoses = diagnoses(snapshot);
    long violations = outcomes(snapshot, false, now);
    if (violations >= VIOLATIONS_TO_TIGHTEN) {
      evidence.add("focus: runs that did not help");
      return Focus.TRUST_VIOLATIONS;
    }
    if (diagnoses.stream().anyMatch(d -> d.causedBy().isPresent())) {
      evidence.add("focus: a sick dependency drags others down");
      return Focus.DEPENDENCY_HEALTH;
    }
    if (diagnoses.stream().anyMatch(d -> d.kind().equals(TriageRule.ELEVATED_ERRORS))) {
      evidence.add("focus: elevated errors");
      return Focus.ERROR_SPIKE;
    }
    if (diagnoses.stream().flatMap(d -> d.evidence().stream()).anyMatch(MetaStage::isCapacity)) {
      evidence.add("focus: capacity runs short");
      return Focus.CAPACITY_STRAIN;
    }
    if (diagnoses.stream().anyMatch(d -> d.kind().equals(TriageRule.LATENCY_SPIKE))) {
      evidence.add("focus: latency");
      return Focus.LATENCY_DRIFT;
    }
    if (diagnoses.stream().anyMatch(d -> d.kind().equals(TriageRule.SERVICE_DOWN))) {
      evidence.add("focus: a service is down");
      return Focus.DEPENDENCY_HEALTH;
    }
    evidence.add("focus: nothing needs attention");
    return Focus.ROUTINE_MAINTENANCE;
  }

  private static boolean isCapacity(Symptom symptom) {
    return Metric.CAPACITY.contains(symptom.metric().value());
  }

  private static List<Diagnosis> diagnoses(Snapshot snapshot) {
    return snapshot.openIncidents().values().stream()
        .sorted()
        .map(id -> snapshot.incident(id).flatMap(Incident::diagnosis))
        .flatMap(Optional::stream)
        .toList();
  }
}
