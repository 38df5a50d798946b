package io.grace.intelligence.forecast;

import io.grace.intelligence.forecast.Smoothing.Kind;

/// The theta model (Assimakopoulos & Nikolopoulos, *The theta model: a decomposition approach to
/// forecasting*, International Journal of Forecasting 16, 2000), which is simple exponential
/// smoothing with half the slope of a straight line as drift (Hyndman & Billah, *Unmasking the
/// Theta method*, International Journal of Forecasting 19, 2003, equation 7), after taking the
/// cycle out.
public record Theta() implements Forecaster {
  @Override
  public String name() {
    return "theta";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    if (past.length < Smoothing.LEAST) {
      return Naive.path(past, horizon);
    }
    int period = seasons.innerWithin(past.length, 3);
    double[] recent = Smoothing.recent(past, period);
    SeasonalIndex index = SeasonalIndex.of(recent, period);
    double[] values = index.adjusted(recent);
    SmoothingFit fit = SmoothingFit.of(Kind.LEVEL, values, 1);
    double half = slope(values) / 2;
    double alpha = fit.alpha();
    // How far a level that forgets lags behind a line of that slope.
    double lag = (1 - Math.pow(1 - alpha, values.length)) / alpha;
    double[] path = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      path[h] = fit.level() + half * (h + lag);
    }
    return index.restored(path, values.length);
  }

  /// Of the line with the least squared error.
  static double slope(double[] values) {
    double middle = (values.length - 1) / 2.0;
    double product = 0;
    double square = 0;
    for (int t = 0; t < values.length; t++) {
      product += (t - middle) * values[t];
      square += (t - middle) * (t - middle);
    }
    return product / square;
  }
}
