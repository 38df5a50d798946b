package io.grace.core.model;

import java.util.Optional;

/// A metric of a service beyond its threshold. *Immutable.*
///
/// @param threshold the one it passed
/// @param strength how far beyond, 0 and more; comparable between metrics
/// @param says what is wrong, if whoever measured it knows
/// @param origin who was asked what, such as `promql main: histogram_quantile(…)`
public record Symptom(
    MetricId metric,
    double value,
    double threshold,
    double strength,
    Optional<DiagnosisKind> says,
    String origin) {
  static final String ALERT = "alert.";

  /// Whether an alert of a source is the symptom.
  public boolean isAlert() {
    return metric.value().startsWith(ALERT);
  }

  /// Whether it is not so yet, and will be.
  public boolean isForeseen() {
    return Foreseen.is(metric);
  }
}
