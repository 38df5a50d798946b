package io.grace.intelligence.forecast;

/// It will be as it was one cycle ago.
///
/// @param cycle which of the cycles
public record SeasonalNaive(Cycle cycle) implements Forecaster {
  /// One of the two cycles of [Seasons].
  public enum Cycle {
    INNER,
    OUTER
  }

  @Override
  public String name() {
    return cycle == Cycle.INNER ? "snaive" : "snaive-outer";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    int period =
        cycle == Cycle.OUTER
            ? seasons.longest(past.length, 1)
            : seasons.innerWithin(past.length, 1);
    double[] path = Naive.path(past, horizon);
    for (int h = 0; h < horizon && period > 1; h++) {
      path[h] = past[past.length - period + h % period];
    }
    return path;
  }
}
