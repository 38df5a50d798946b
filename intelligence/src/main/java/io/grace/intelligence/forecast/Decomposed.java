package io.grace.intelligence.forecast;

import java.util.Arrays;

/// The cycles of a [Decomposition] as they were last, on top of what exponential smoothing makes of
/// the rest (the STLF procedure of Hyndman & Athanasopoulos, *Forecasting: Principles and
/// Practice*, 3rd ed., 2021, section 9.2).
public record Decomposed() implements Forecaster {
  /// Loess costs length × span, so no more of the past is looked at.
  private static final int CYCLES = 6;

  private static final int REACH = 1_000;

  @Override
  public String name() {
    return "stl";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    if (past.length < Smoothing.LEAST) {
      return Naive.path(past, horizon);
    }
    int longest = Math.max(seasons.inner(), seasons.outer());
    int length = Math.min(past.length, Math.max(REACH, CYCLES * longest));
    double[] recent = Arrays.copyOfRange(past, past.length - length, past.length);
    int inner = seasons.innerWithin(length, 2);
    int outer = seasons.longest(length, 2);
    outer = outer > inner ? outer : 1;
    Decomposition parts = Decomposition.of(recent, inner, outer);
    double[] adjusted = new double[length];
    for (int t = 0; t < length; t++) {
      adjusted[t] = recent[t] - parts.inner()[t] - parts.outer()[t];
    }
    double[] path = AutoSmoothing.fit(adjusted, 1).path(horizon);
    for (int h = 0; h < horizon; h++) {
      path[h] += inner > 1 ? parts.inner()[length - inner + h % inner] : 0;
      path[h] += outer > 1 ? parts.outer()[length - outer + h % outer] : 0;
    }
    return path;
  }
}
