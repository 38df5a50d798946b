package io.grace.intelligence.forecast;

import java.util.Arrays;
import java.util.List;

/// What each model would have said at an earlier origin, and what came then. *Immutable* as long as
/// nobody writes to its arrays.
///
/// @param actual what came after the origin
/// @param paths one row a model
public record Backtest(double[] actual, double[][] paths) {
  /// Runs every model on what was known at the origin.
  ///
  /// @param values the series at least as far as the horizon after the origin; later ones, and
  ///   those after the origin, are not shown to the models
  /// @param origin how many values were known
  public static Backtest at(
      List<Forecaster> pool, double[] values, int origin, Seasons seasons, int horizon) {
    if (origin < 1 || origin + horizon > values.length) {
      throw new IllegalArgumentException(
          "origin %d and horizon %d must lie within %d values"
              .formatted(origin, horizon, values.length));
    }
    return new Backtest(
        Arrays.copyOfRange(values, origin, origin + horizon),
        paths(pool, Arrays.copyOf(values, origin), seasons, horizon));
  }

  /// What every model says.
  public static double[][] paths(
      List<Forecaster> pool, double[] past, Seasons seasons, int horizon) {
    return pool.stream()
        .map(model -> model.forecast(past, seasons, horizon))
        .toArray(double[][]::new);
  }
}
