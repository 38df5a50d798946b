package io.grace.intelligence.forecast;

/// The last value without its season, with the seasons to come: what the M4 competition measured
/// everybody against (Makridakis et al. 2020, section 2.2). Without a cycle it is [Naive].
public record Naive2() implements Forecaster {
  @Override
  public String name() {
    return "naive2";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    SeasonalIndex index = SeasonalIndex.of(past, seasons.inner());
    return index.restored(Naive.path(index.adjusted(past), horizon), past.length);
  }
}
