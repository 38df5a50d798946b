package io.grace.intelligence.cause;

import java.util.Arrays;

/// What is normal for a track: its median, and how far it strays from it, neither bent by a tenth
/// of strange samples. Median and interquartile range are the robust scaler of BARO (Pham et al.,
/// *BARO: Robust Root Cause Analysis for Microservices via Multivariate Bayesian Online Change
/// Point Detection*, FSE 2024, section 3.3). GRACE differs: the spread is at least what the worst
/// tenth strays, for metrics that are quiet most of the time, and never less than a floor, for a
/// metric that hardly ever moves is not a thousand times worse when it moves a little.
///
/// @param median NaN if there were too few samples
/// @param scale positive; a standard deviation if samples were normal
record Baseline(double median, double scale, int samples) {
  /// With fewer nothing can be said about what is normal.
  static final int FEWEST = 8;

  private static final double IQR_OF_NORMAL = 1.349;
  private static final double DECILE_OF_NORMAL = 1.2816;

  /// When even the floor is 0, any movement is news of this many units.
  private static final double NEWS = 20;

  /// @param values the normal part, NaN where nothing was measured
  /// @param direction of what is worse, 1 or -1; 0 if both are
  /// @param hasTail whether now and then one is far off; what only fills and empties has none, and
  ///   what filled slowly must not be taken for it
  static Baseline of(double[] values, int end, int direction, boolean hasTail, double floor) {
    double[] sorted = sorted(values, end);
    if (sorted.length < FEWEST) {
      return new Baseline(Double.NaN, 1, sorted.length);
    }
    double median = quantile(sorted, 0.5);
    double spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / IQR_OF_NORMAL;
    double up = direction >= 0 ? quantile(sorted, 0.9) - median : 0;
    double down = direction <= 0 ? median - quantile(sorted, 0.1) : 0;
    double tail = hasTail ? Math.max(up, down) / DECILE_OF_NORMAL : 0;
    double scale = Math.hypot(Math.max(spread, tail), floor);
    return new Baseline(median, scale > 0 ? scale : tiny(sorted, values, end), sorted.length);
  }

  /// For a metric that never moved at all: what it does since is measured against itself.
  private static double tiny(double[] sorted, double[] values, int end) {
    double most = 0;
    for (int i = end; i < values.length; i++) {
      most = Math.max(most, Math.abs(values[i] - sorted[0]));
    }
    return most > 0 ? most / NEWS : 1;
  }

  boolean isKnown() {
    return !Double.isNaN(median);
  }

  static double[] sorted(double[] values, int end) {
    double[] kept = new double[end];
    int count = 0;
    for (int i = 0; i < end; i++) {
      if (Double.isFinite(values[i])) {
        kept[count++] = values[i];
      }
    }
    double[] sorted = Arrays.copyOf(kept, count);
    Arrays.sort(sorted);
    return sorted;
  }

  static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
