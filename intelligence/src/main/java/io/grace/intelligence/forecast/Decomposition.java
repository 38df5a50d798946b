package io.grace.intelligence.forecast;

import java.util.Arrays;

/// A series as trend + cycles + rest, in which single outliers land in the rest: the structure of
/// STL (Cleveland, Cleveland, McRae & Terpenning, *STL: a seasonal-trend decomposition procedure
/// based on loess*, Journal of Official Statistics 6, 1990), for two cycles in turn as in MSTL
/// (Bandara, Hyndman & Bergmeir, *MSTL*, 2021). *Immutable* as long as nobody writes to its arrays.
///
/// GRACE differs from STL in that the low-pass filter of a cycle is one moving average over exactly
/// one period, which at the ends stays inside the series instead of extrapolating.
///
/// @param inner the short cycle, at each point
/// @param outer the long one
/// @param weights how far each point was believed, in [0, 1]
public record Decomposition(
    double[] trend, double[] inner, double[] outer, double[] rest, double[] weights) {
  private static final int ROUNDS = 3;
  private static final int SWEEPS = 2;

  /// The span over the cycles at one phase: what MSTL takes for its first seasons.
  private static final int SEASON_SPAN = 11;

  /// @param period of the short cycle, 1 if there is none
  /// @param outerPeriod of the long one, 1 if there is none
  public static Decomposition of(double[] values, int period, int outerPeriod) {
    int n = values.length;
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    double[] inner = new double[n];
    double[] outer = new double[n];
    double[] trend = new double[n];
    double[] rest = values;
    // The shortest odd span that does not follow a cycle (Cleveland et al. 1990, section 3.5).
    int longest = Math.max(Math.max(period, outerPeriod), 7);
    int span = (int) Math.ceil(1.5 * longest / (1 - 1.5 / SEASON_SPAN)) | 1;
    for (int round = 0; round < ROUNDS; round++) {
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        inner = cycle(minus(values, trend, outer), weights, period);
        outer = cycle(minus(values, trend, inner), weights, outerPeriod);
        trend = Loess.smooth(minus(values, inner, outer), weights, span);
      }
      rest = minus(minus(values, inner, outer), trend, new double[n]);
      if (round + 1 < ROUNDS) {
        weights = bisquare(rest);
      }
    }
    return new Decomposition(trend, inner, outer, rest, weights);
  }

  private static double[] cycle(double[] values, double[] weights, int period) {
    int n = values.length;
    double[] cycle = new double[n];
    if (period < 2 || n < 2 * period) {
      return cycle;
    }
    for (int phase = 0; phase < period; phase++) {
      int count = (n - phase + period - 1) / period;
      double[] picked = new double[count];
      double[] believed = new double[count];
      for (int i = 0; i < count; i++) {
        picked[i] = values[phase + i * period];
        believed[i] = weights[phase + i * period];
      }
      double[] smooth = Loess.smooth(picked, believed, SEASON_SPAN);
      for (int i = 0; i < count; i++) {
        cycle[phase + i * period] = smooth[i];
      }
    }
    return minus(cycle, average(cycle, period), new double[n]);
  }

  /// Over one whole period around each point.
  private static double[] average(double[] values, int period) {
    int n = values.length;
    double[] sums = new double[n + 1];
    for (int t = 0; t < n; t++) {
      sums[t + 1] = sums[t] + values[t];
    }
    double[] average = new double[n];
    for (int t = 0; t < n; t++) {
      int from = Math.clamp(t - period / 2, 0, n - period);
      average[t] = (sums[from + period] - sums[from]) / period;
    }
    return average;
  }

  private static double[] bisquare(double[] rest) {
    double[] sizes = Arrays.stream(rest).map(Math::abs).sorted().toArray();
    double limit = 6 * sizes[sizes.length / 2];
    double[] weights = new double[rest.length];
    for (int t = 0; t < rest.length; t++) {
      double far = limit > 0 ? Math.abs(rest[t]) / limit : 0;
      weights[t] = far >= 1 ? 0 : (1 - far * far) * (1 - far * far);
    }
    return weights;
  }

  private static double[] minus(double[] a, double[] b, double[] c) {
    double[] d = new double[a.length];
    for (int t = 0; t < d.length; t++) {
      d[t] = a[t] - b[t] - c[t];
    }
    return d;
  }
}
