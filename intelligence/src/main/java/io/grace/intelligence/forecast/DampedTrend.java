package io.grace.intelligence.forecast;

/// Exponential smoothing with an additive damped trend (Gardner & McKenzie, *Forecasting trends in
/// time series*, Management Science 31, 1985), its parameters chosen on a small grid by the squared
/// error one step ahead. *Immutable.*
///
/// The variance h steps ahead is that of the state space form (Hyndman et al., *Forecasting with
/// Exponential Smoothing*, 2008, table 6.1, model ETS(A,Ad,N)): σ²(1 + Σ cⱼ²) for j < h, with cⱼ =
/// α + αβ'(φ + … + φʲ) and β' = β.
///
/// @param sigma the standard deviation of the errors one step ahead
public record DampedTrend(
    double level, double trend, double alpha, double beta, double phi, double sigma) {
  /// Fewer points say nothing of a trend.
  public static final int LEAST = 8;

  private static final double[] ALPHAS = {0.1, 0.3, 0.6};
  private static final double[] BETAS = {0.05, 0.2};
  private static final double[] PHIS = {0.9, 0.98};

  /// @param values equally far apart, the oldest first; finite, at least [#LEAST]
  public static DampedTrend fit(double[] values) {
    if (values.length < LEAST) {
      throw new IllegalArgumentException("needs " + LEAST + " values: " + values.length);
    }
    DampedTrend best = fit(values, ALPHAS[0], BETAS[0], PHIS[0]);
    for (double alpha : ALPHAS) {
      for (double beta : BETAS) {
        for (double phi : PHIS) {
          DampedTrend next = fit(values, alpha, beta, phi);
          if (next.sigma < best.sigma) {
            best = next;
          }
        }
      }
    }
    return best;
  }

  private static DampedTrend fit(double[] values, double alpha, double beta, double phi) {
    int start = Math.min(4, values.length / 2);
    double level = values[0];
    double trend = (values[start] - values[0]) / start;
    double squares = 0;
    for (int i = 1; i < values.length; i++) {
      double expected = level + phi * trend;
      double error = values[i] - expected;
      squares += error * error;
      level = expected + alpha * error;
      trend = phi * trend + alpha * beta * error;
    }
    return new DampedTrend(
        level, trend, alpha, beta, phi, Math.sqrt(squares / (values.length - 1)));
  }

  /// The expected value so many steps ahead, at least 1.
  public double ahead(int steps) {
    return level + trend * damped(steps);
  }

  /// The standard deviation of that.
  public double deviation(int steps) {
    double sum = 1;
    for (int j = 1; j < steps; j++) {
      double c = alpha * (1 + beta * damped(j));
      sum += c * c;
    }
    return sigma * Math.sqrt(sum);
  }

  /// φ + φ² + … + φʰ.
  private double damped(int steps) {
    return phi * (1 - Math.pow(phi, steps)) / (1 - phi);
  }
}
