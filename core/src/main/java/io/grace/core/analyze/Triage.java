package io.grace.core.analyze;

import io.grace.core.model.Change;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.model.Topology;
import io.grace.core.policy.TriageRule;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Names what is wrong with a sick service, and whose fault it is.
///
/// @param rules in order; the first that matches a symptom wins, and an alert that says what is
///   wrong matches the rules for that
public record Triage(List<TriageRule> rules, Topology topology) {
  public Triage {
    rules = List.copyOf(rules);
  }

  /// @param health of the service; sick
  /// @param changes those that may have brought it about
  /// @param others the health of any other service
  public Diagnosis diagnose(
      ServiceId service, Health health, List<Change> changes, Function<ServiceId, Health> others) {
    Optional<TriageRule> matched =
        rules.stream()
            .filter(rule -> health.symptoms().stream().anyMatch(s -> matches(rule, s)))
            .findFirst();
    DiagnosisKind kind =
        matched
            .map(TriageRule::diagnosis)
            .or(() -> health.symptoms().stream().flatMap(s -> s.says().stream()).findFirst())
            .orElse(TriageRule.GENERAL_DEGRADATION);
    Optional<ServiceId> cause = cause(service, others);
    return new Diagnosis(
        service,
        kind,
        severity(kind, health),
        health.confidence(),
        health.symptoms(),
        cause,
        changes,
        reason(service, kind, health, cause, changes));
  }

  private static boolean matches(TriageRule rule, Symptom symptom) {
    return symptom.says().isPresent()
        ? symptom.says().get().equals(rule.diagnosis())
        : Foreseen.foretold(symptom.metric()).orElse(symptom.metric()).equals(rule.metric())
            && rule.comparison().holds(symptom.value(), rule.value());
  }

  /// The deepest sick dependency: one that is sick while nothing it calls is. Among several the one
  /// that is worst, then by name.
  private Optional<ServiceId> cause(ServiceId service, Function<ServiceId, Health> others) {
    Set<ServiceId> called = topology.dependenciesOf(service);
    return called.stream()
        .filter(c -> others.apply(c).isSickNow())
        .filter(
            c -> topology.dependenciesOf(c).stream().noneMatch(d -> others.apply(d).isSickNow()))
        .min(
            Comparator.comparing((ServiceId c) -> others.apply(c).status() != Status.CRITICAL)
                .thenComparing(c -> c));
  }

  private static Severity severity(DiagnosisKind kind, Health health) {
    if (!health.isSickNow()) {
      return Severity.LOW;
    }
    if (kind.equals(TriageRule.SERVICE_DOWN)) {
      return Severity.CRITICAL;
    }
    return health.status() == Status.CRITICAL ? Severity.HIGH : Severity.MEDIUM;
  }

  private static String reason(
      ServiceId service,
      DiagnosisKind kind,
      Health health,
      Optional<ServiceId> cause,
      List<Change> changes) {
    var text = new StringBuilder(kind.value()).append(" of ").append(service).append(":");
    for (Symptom s : health.symptoms()) {
      text.append(' ').append(Foreseen.foretold(s.metric()).orElse(s.metric()));
      if (s.isForeseen()) {
        text.append(" will be at least as bad as ").append(shown(s.value()));
        text.append(" (threshold ").append(shown(s.threshold())).append(", ");
        text.append(s.origin()).append(')');
      } else if (s.isAlert()) {
        text.append(" is on (").append(s.origin()).append(')');
      } else {
        text.append(" = ").append(shown(s.value()));
        text.append(" (threshold ").append(shown(s.threshold())).append(')');
      }
    }
    cause.ifPresent(c -> text.append("; it calls ").append(c).append(", which is sick itself"));
    changes.stream()
        .findFirst()
        .ifPresent(c ->
            text.append("; changed before: ")
                .append(c.kind().name().toLowerCase(Locale.ROOT))
                .append(" of ")
                .append(c.service())
                .append(c.ref().isEmpty() ? "" : " to " + c.ref()));
    return text.toString();
  }

  private static String shown(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
