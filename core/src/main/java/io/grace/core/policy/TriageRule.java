package io.grace.core.policy;

import io.grace.core.model.Check.Comparison;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.MetricId;
import java.util.List;

/// A measured value that names a diagnosis: `latency_ms >= 1000` is a `latency_spike`. *Immutable.*
public record TriageRule(
    DiagnosisKind diagnosis, MetricId metric, Comparison comparison, double value) {
  public static final DiagnosisKind SERVICE_DOWN = new DiagnosisKind("service_down");
  public static final DiagnosisKind LATENCY_SPIKE = new DiagnosisKind("latency_spike");
  public static final DiagnosisKind ELEVATED_ERRORS = new DiagnosisKind("elevated_errors");

  /// What is left when a service is sick and no rule matches.
  public static final DiagnosisKind GENERAL_DEGRADATION = new DiagnosisKind("general_degradation");

  /// In the order of how much each explains: a service that is down also has no latency.
  public static final List<TriageRule> DEFAULTS =
      List.of(
          new TriageRule(SERVICE_DOWN, new MetricId("up"), Comparison.AT_MOST, 0),
          new TriageRule(LATENCY_SPIKE, new MetricId("latency_ms"), Comparison.AT_LEAST, 1000),
          new TriageRule(ELEVATED_ERRORS, new MetricId("error_ratio"), Comparison.AT_LEAST, 0.05));
}
