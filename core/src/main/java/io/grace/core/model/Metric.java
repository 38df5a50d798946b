package io.grace.core.model;

import java.util.Set;

/// What a measurement means: its unit, which way is worse, and from where it is bad. *Immutable.*
///
/// @param unit UCUM-like, such as `ms`, `ratio`, `bool`, `bytes`
/// @param degraded from this value on a service is degraded
/// @param critical from this value on it is critical; at least as bad as `degraded`
public record Metric(
    MetricId id, String unit, Direction direction, double degraded, double critical) {
  /// The metrics of what runs full rather than wrong.
  public static final Set<String> CAPACITY =
      Set.of("cpu_ratio", "memory_ratio", "disk_ratio", "queue_ratio");

  /// Which way is worse.
  public enum Direction {
    HIGHER_IS_WORSE,
    LOWER_IS_WORSE
  }

  public Metric {
    if (!Double.isFinite(degraded) || !Double.isFinite(critical)) {
      throw new IllegalArgumentException(id + ": thresholds must be finite");
    }
    boolean ordered =
        direction == Direction.HIGHER_IS_WORSE ? critical >= degraded : critical <= degraded;
    if (!ordered) {
      throw new IllegalArgumentException(
          id + ": critical must be at least as bad as degraded: " + critical + ", " + degraded);
    }
  }

  public boolean isDegraded(double value) {
    return reaches(value, degraded);
  }

  public boolean isCritical(double value) {
    return reaches(value, critical);
  }

  /// How far beyond the degraded threshold, 0 (just reached) and more; comparable between metrics.
  public double excess(double value) {
    double beyond = direction == Direction.HIGHER_IS_WORSE ? value - degraded : degraded - value;
    double scale = Math.max(Math.abs(critical - degraded), Math.max(Math.abs(degraded), 1e-9) / 2);
    return Math.max(0, beyond / scale);
  }

  private boolean reaches(double value, double threshold) {
    return direction == Direction.HIGHER_IS_WORSE ? value >= threshold : value <= threshold;
  }
}
