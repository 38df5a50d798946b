package io.grace.intelligence.trend;

import java.util.Arrays;

/// A trend that single outliers do not bend: the median of the slopes of all pairs (Theil 1950;
/// Sen, *Estimates of the regression coefficient based on Kendall's tau*, JASA 63, 1968), with the
/// Mann–Kendall statistic of whether there is one (Mann 1945). *Immutable.*
///
/// @param slope a step
/// @param z the Mann–Kendall statistic; beyond ±1.96 chance explains it in one of twenty
public record RobustTrend(double slope, double z) {
  /// Fewer points have no trend worth a name.
  public static final int LEAST = 10;

  /// Pairs grow with the square, so longer series are thinned out evenly.
  private static final int MOST = 150;

  /// @param values equally far apart, the oldest first; finite, at least [#LEAST]
  public static RobustTrend fit(double[] values) {
    if (values.length < LEAST) {
      throw new IllegalArgumentException("needs " + LEAST + " values: " + values.length);
    }
    int every = Math.ceilDiv(values.length, MOST);
    int count = Math.ceilDiv(values.length, every);
    double[] slopes = new double[count * (count - 1) / 2];
    long sign = 0;
    int next = 0;
    for (int i = 0; i < count; i++) {
      for (int j = i + 1; j < count; j++) {
        double rise = values[j * every] - values[i * every];
        slopes[next++] = rise / ((double) (j - i) * every);
        sign += Double.compare(rise, 0);
      }
    }
    Arrays.sort(slopes);
    int middle = slopes.length / 2;
    double median =
        slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    double variance = count * (count - 1.0) * (2.0 * count + 5) / 18;
    double z = sign == 0 ? 0 : (sign - Math.signum((double) sign)) / Math.sqrt(variance);
    return new RobustTrend(median, z);
  }
}
