package io.grace.core.analyze;

import io.grace.core.model.Causes.Cause;
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
  /// @param traced the service that everything measured is traced to, if that is another one that
  ///   is sick at its root
  /// @param others the health of any other service
  public Diagnosis diagnose(
      ServiceId service,
      Health health,
      List<Change> changes,
      Optional<Cause> traced,
      Function<ServiceId, Health> others) {
    Optional<TriageRule> matched =
        rules.stream()
            .filter(rule -> health.symptoms().stream().anyMatch(s -> matches(rule, s)))
            .findFirst();
    DiagnosisKind kind =
        matched
            .map(TriageRule::diagnosis)
            .or(() -> health.symptoms().stream().flatMap(s -> s.says().stream()).findFirst())
            .orElse(TriageRule.GENERAL_DEGRADATION);
    Optional<ServiceId> cause = cause(service, traced.map(Cause::service), others);
    return new Diagnosis(
        service,
        kind,
        severity(kind, health),
        health.confidence(),
        health.symptoms(),
        cause,
        changes,
        reason(service, kind, health, cause, traced, changes));
  }

  private static boolean matches(TriageRule rule, Symptom symptom) {
    return symptom.says().isPresent()
        ? symptom.says().get().equals(rule.diagnosis())
        : Foreseen.foretold(symptom.metric()).orElse(symptom.metric()).equals(rule.metric())
            && rule.comparison().holds(symptom.value(), rule.value());
  }

  /// The deepest sick dependency: one that is sick while nothing it calls is. Among several the one
  /// that all is traced to, then the worst, then by name. Where none is known, the one that all is
  /// traced to.
  private Optional<ServiceId> cause(
      ServiceId service, Optional<ServiceId> traced, Function<ServiceId, Health> others) {
    Set<ServiceId> called = topology.dependenciesOf(service);
    Optional<ServiceId> deepest = deepest(called, traced, others);
    return deepest.or(() -> traced.filter(t -> others.apply(t).isSickNow()));
  }

  private Optional<ServiceId> deepest(
      Set<ServiceId> called, Optional<ServiceId> traced, Function<ServiceId, Health> others) {
    return called.stream()
        .filter(c -> others.apply(c).isSickNow())
        .filter(
            c -> topology.dependenciesOf(c).stream().noneMatch(d -> others.apply(d).isSickNow()))
        .min(
            Comparator.comparing((ServiceId c) -> !traced.equals(Optional.of(c)))
                .thenComparing(c -> others.apply(c).status() != Status.CRITICAL)
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

  private String reason(
      ServiceId service,
      DiagnosisKind kind,
      Health health,
      Optional<ServiceId> cause,
      Optional<Cause> traced,
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
    cause.ifPresent(c ->
        text.append(
            topology.dependenciesOf(service).contains(c)
                ? "; it calls " + c + ", which is sick itself"
                : "; all is traced to " + c + ", which is sick itself"));
    traced
        .filter(t -> cause.equals(Optional.of(t.service())))
        .ifPresent(t -> text.append(" (").append(t.why()).append(')'));
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
