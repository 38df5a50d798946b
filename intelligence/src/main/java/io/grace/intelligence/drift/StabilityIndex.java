package io.grace.intelligence.drift;

import java.util.Arrays;

/// The population stability index between what was and what is: Σ (aᵢ − eᵢ) ln(aᵢ / eᵢ) over bins
/// that hold equal shares of what was (Siddiqi, *Credit Risk Scorecards*, 2006). Below 0.1 nothing
/// changed, above 0.25 much did.
public final class StabilityIndex {
  public static final int LEAST = 40;

  private static final int BINS = 10;

  /// Half a value, so that an empty bin is not infinitely strange.
  private static final double HALF = 0.5;

  private StabilityIndex() {}

  /// @param before at least [#LEAST] finite values
  /// @param now at least [#LEAST] finite values
  public static double between(double[] before, double[] now) {
    if (before.length < LEAST || now.length < LEAST) {
      throw new IllegalArgumentException(
          "needs " + LEAST + " values each: " + before.length + ", " + now.length);
    }
    double[] sorted = before.clone();
    Arrays.sort(sorted);
    double[] bounds = new double[BINS - 1];
    for (int i = 1; i < BINS; i++) {
      bounds[i - 1] = sorted[i * sorted.length / BINS];
    }
    double[] expected = shares(before, bounds);
    double[] actual = shares(now, bounds);
    double index = 0;
    for (int i = 0; i < BINS; i++) {
      index += (actual[i] - expected[i]) * Math.log(actual[i] / expected[i]);
    }
    return index;
  }

  private static double[] shares(double[] values, double[] bounds) {
    double[] counts = new double[BINS];
    Arrays.fill(counts, HALF);
    for (double value : values) {
      int bin = 0;
      while (bin < bounds.length && value >= bounds[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    double total = values.length + BINS * HALF;
    for (int i = 0; i < BINS; i++) {
      counts[i] /= total;
    }
    return counts;
  }
}
