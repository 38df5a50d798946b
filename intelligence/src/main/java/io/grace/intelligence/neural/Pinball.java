package io.grace.intelligence.neural;

import java.util.List;

/// The loss of forecast quantiles: a miss above costs q, one below 1 − q (Koenker & Bassett,
/// *Regression Quantiles*, Econometrica 46, 1978), as MQ-RNN sums it over steps and quantiles (Wen
/// et al., *A Multi-Horizon Quantile Recurrent Forecaster*, 2017).
final class Pinball {
  private Pinball() {}

  static double loss(double quantile, double error) {
    return error >= 0 ? quantile * error : (quantile - 1) * error;
  }

  /// By the forecast, not by the error.
  static double slope(double quantile, double error) {
    return error >= 0 ? -quantile : 1 - quantile;
  }

  static List<Double> checked(List<Double> quantiles) {
    double before = 0;
    for (double q : quantiles) {
      if (!(q > before && q < 1)) {
        throw new IllegalArgumentException("quantiles must rise within (0, 1): " + quantiles);
      }
      before = q;
    }
    if (!quantiles.contains(0.5)) {
      throw new IllegalArgumentException("quantiles must hold the median, 0.5: " + quantiles);
    }
    return List.copyOf(quantiles);
  }
}
