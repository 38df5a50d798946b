package io.grace.intelligence.forecast;

import io.grace.intelligence.forecast.Smoothing.Kind;

/// Exponential smoothing of the kind that the corrected information criterion prefers (Hyndman,
/// Koehler, Snyder & Grose, *A state space framework for automatic forecasting using exponential
/// smoothing methods*, International Journal of Forecasting 18, 2002, section 3).
public record AutoSmoothing() implements Forecaster {
  @Override
  public String name() {
    return "ets";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    if (past.length < Smoothing.LEAST) {
      return Naive.path(past, horizon);
    }
    return fit(past, seasons.innerWithin(past.length, 3)).path(horizon);
  }

  /// @param values at least [Smoothing#LEAST]
  /// @param period 1 if there are no seasons, else at most a third of the values
  public static SmoothingFit fit(double[] values, int period) {
    double[] recent = Smoothing.recent(values, period);
    SmoothingFit best = SmoothingFit.of(Kind.LEVEL, recent, period);
    for (Kind kind : Kind.values()) {
      // The level alone was the first; ties stay with the simpler kind, which comes earlier.
      if (kind != Kind.LEVEL && (period > 1 || !kind.hasSeasons)) {
        SmoothingFit next = SmoothingFit.of(kind, recent, period);
        best = next.aicc() < best.aicc() ? next : best;
      }
    }
    return best;
  }
}
