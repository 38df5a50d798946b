package io.grace.intelligence.forecast;

import java.util.Arrays;

/// How each phase of a cycle differs from the rest, by classical decomposition, and only if the
/// autocorrelation at the period says that there is a cycle at all: the adjustment of the M4
/// competition's Naive2 and Theta (Makridakis et al. 2020, section 2.2; Assimakopoulos &
/// Nikolopoulos, *The theta model*, International Journal of Forecasting 16, 2000).
///
/// Factors where every value is positive, else differences; the original knows factors alone.
final class SeasonalIndex {
  /// z of a one-sided test at 95 %, as in M4.
  private static final double LIMIT = 1.645;

  private final double[] index;
  private final boolean isFactor;

  private SeasonalIndex(double[] index, boolean isFactor) {
    this.index = index;
    this.isFactor = isFactor;
  }

  static SeasonalIndex of(double[] past, int period) {
    boolean isFactor = Arrays.stream(past).min().orElseThrow() > 0;
    double[] none = new double[Math.max(1, period)];
    Arrays.fill(none, isFactor ? 1 : 0);
    if (period < 2 || past.length < 3 * period || !isSeasonal(past, period)) {
      return new SeasonalIndex(none, isFactor);
    }
    double[] sums = new double[period];
    int[] counts = new int[period];
    for (int t = period / 2; t + period / 2 < past.length; t++) {
      double trend = centred(past, t, period);
      sums[t % period] += isFactor ? past[t] / trend : past[t] - trend;
      counts[t % period]++;
    }
    double mean = 0;
    for (int i = 0; i < period; i++) {
      sums[i] /= counts[i];
      mean += sums[i] / period;
    }
    for (int i = 0; i < period; i++) {
      sums[i] = isFactor ? sums[i] / mean : sums[i] - mean;
    }
    return new SeasonalIndex(sums, isFactor);
  }

  /// The moving average over one period around t; an even period takes half of both ends.
  private static double centred(double[] past, int t, int period) {
    int half = period / 2;
    double sum = 0;
    for (int i = t - half; i <= t + half; i++) {
      double share = period % 2 == 0 && Math.abs(i - t) == half ? 0.5 : 1;
      sum += share * past[i];
    }
    return sum / period;
  }

  private static boolean isSeasonal(double[] past, int period) {
    double sum = 0;
    for (int lag = 1; lag < period; lag++) {
      double r = autocorrelation(past, lag);
      sum += r * r;
    }
    double limit = LIMIT * Math.sqrt((1 + 2 * sum) / past.length);
    return Math.abs(autocorrelation(past, period)) > limit;
  }

  static double autocorrelation(double[] past, int lag) {
    double mean = Arrays.stream(past).average().orElseThrow();
    double square = 0;
    double product = 0;
    for (int t = 0; t < past.length; t++) {
      square += (past[t] - mean) * (past[t] - mean);
      product += t >= lag ? (past[t] - mean) * (past[t - lag] - mean) : 0;
    }
    return square == 0 ? 0 : product / square;
  }

  double[] adjusted(double[] past) {
    double[] adjusted = new double[past.length];
    for (int t = 0; t < past.length; t++) {
      double i = index[t % index.length];
      adjusted[t] = isFactor ? past[t] / i : past[t] - i;
    }
    return adjusted;
  }

  /// Puts the cycle back onto a path that begins at step t.
  double[] restored(double[] path, int t) {
    double[] restored = new double[path.length];
    for (int h = 0; h < path.length; h++) {
      double i = index[(t + h) % index.length];
      restored[h] = isFactor ? path[h] * i : path[h] + i;
    }
    return restored;
  }
}
