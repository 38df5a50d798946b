package io.grace.core.model;

import java.util.Optional;

/// Metrics that are foretold instead of measured: `disk_ratio_ahead` is what `disk_ratio` will be
/// in a quarter of an hour, at the very least.
///
/// It takes the same way through the house as any metric, so that health, diagnosis, gate and
/// verification know no second one. What is only foreseen never makes a service critical, is never
/// taken for the cause of what another one suffers, and is healed only once it is foreseen no more.
public final class Foreseen {
  private static final String AHEAD = "_ahead";

  private Foreseen() {}

  /// The metric that foretells this one.
  public static MetricId of(MetricId measured) {
    return new MetricId(measured + AHEAD);
  }

  /// The metric that this one foretells; empty if it is measured.
  public static Optional<MetricId> foretold(MetricId metric) {
    return is(metric)
        ? Optional.of(
            new MetricId(metric.value().substring(0, metric.value().length() - AHEAD.length())))
        : Optional.empty();
  }

  /// What foretells this metric is called so as the source of a trigger.
  public static String source(MetricId measured) {
    return "forecast " + measured;
  }

  public static boolean is(MetricId metric) {
    return metric.value().length() > AHEAD.length() && metric.value().endsWith(AHEAD);
  }
}
