package io.grace.intelligence.forecast;

import java.util.Arrays;

/// The last value, moved as it usually moves at this time of the cycle: the random walk with drift
/// (Hyndman & Athanasopoulos 2021, section 5.2), where the drift is the median over the last cycles
/// of the steps around the same phase. A level that wandered off does not come back, and what one
/// cycle did alone is not repeated.
public record SeasonalDrift() implements Forecaster {
  /// Older cycles are another time.
  private static final int CYCLES = 8;

  private static final int LEAST = 3;

  @Override
  public String name() {
    return "drift";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    double[] steps = new double[past.length - 1];
    for (int t = 1; t < past.length; t++) {
      steps[t - 1] = past[t] - past[t - 1];
    }
    double[] path = Naive.path(past, horizon);
    double[] usual = usual(steps, seasons, horizon);
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      sum += usual[h];
      path[h] += sum;
    }
    return path;
  }

  /// What usually comes 1 … horizon steps after the last: the median over the cycles of the mean
  /// around the phase; 0 where there were too few cycles.
  static double[] usual(double[] values, Seasons seasons, int horizon) {
    double[] usual = new double[horizon];
    int period = seasons.longest(values.length, LEAST);
    if (period == 1) {
      return usual;
    }
    int around = seasons.inner() / 24;
    int cycles = Math.min(CYCLES, values.length / period);
    double[] seen = new double[cycles];
    for (int h = 0; h < horizon; h++) {
      int count = 0;
      for (int k = 1; k <= cycles; k++) {
        int centre = values.length - k * period + h % period;
        int from = Math.max(0, centre - around);
        int to = Math.min(values.length, centre + around + 1);
        if (from < to) {
          seen[count++] = Arrays.stream(values, from, to).average().orElseThrow();
        }
      }
      Arrays.sort(seen, 0, count);
      usual[h] = (seen[(count - 1) / 2] + seen[count / 2]) / 2;
    }
    return usual;
  }
}
