package io.grace.intelligence.forecast;

/// A [PiecewiseTrend] as one model among others.
///
/// @param known aligned with the first point of every past that it is given
public record PiecewiseForecaster(Known known) implements Forecaster {
  @Override
  public String name() {
    return "piecewise";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    known.mustReach(past.length + horizon);
    return past.length < PiecewiseTrend.LEAST
        ? Naive.path(past, horizon)
        : PiecewiseTrend.fit(past, seasons, known).path(horizon);
  }
}
