package io.grace.intelligence.forecast;

import java.util.Arrays;

/// A metric that counts what happened in the last W steps, as rates and rolling totals in
/// monitoring do. What drops out of the window in the next W steps is known already, because it
/// came in W steps ago; only what comes in must be guessed, and that is what usually does at this
/// time of the cycle. Where the metric is no such sum, this is [SeasonalDrift].
///
/// W is found in the autocorrelation of the steps: a sum over W independent counts has steps a(t) −
/// a(t − W), whose autocorrelation is −½ at W and 0 elsewhere (Box & Jenkins 1970, section 9.2, the
/// moving average with θ = 1). A cycle has other strong lags as well and is not taken for one.
public record TrailingSum() implements Forecaster {
  /// Nearer to −½ than to nothing.
  private static final double SPIKE = -0.4;

  /// How many of the newest steps the window is looked for in.
  private static final int REACH = 4_096;

  private static final int SHORTEST = 4;

  @Override
  public String name() {
    return "trailing-sum";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    int window = windowWithin(past, seasons);
    if (window == 0) {
      return new SeasonalDrift().forecast(past, seasons, horizon);
    }
    double[] incoming = incoming(past, window);
    double[] usual = SeasonalDrift.usual(incoming, seasons, horizon);
    double[] path = Naive.path(past, horizon);
    double sum = 0;
    for (int h = 0; h < horizon; h++) {
      double leaving = h < window ? incoming[past.length - window + h] : usual[h - window];
      sum += usual[h] - leaving;
      path[h] += sum;
    }
    return path;
  }

  /// No window is longer than the longest cycle.
  static int windowWithin(double[] past, Seasons seasons) {
    return window(past, Math.max(seasons.inner(), seasons.outer()));
  }

  /// @param most no window is longer
  /// @return 0 if the metric is no trailing sum
  static int window(double[] past, int most) {
    int length = Math.min(past.length - 1, REACH);
    double[] steps = new double[Math.max(0, length)];
    for (int t = 0; t < length; t++) {
      int at = past.length - length + t;
      steps[t] = past[at] - past[at - 1];
    }
    int longest = Math.min(Math.max(most, SHORTEST), length / 4);
    double square = 0;
    for (double step : steps) {
      square += step * step;
    }
    int window = 0;
    double deepest = SPIKE;
    for (int lag = SHORTEST; lag <= longest; lag++) {
      double r = square == 0 ? 0 : product(steps, lag) / square;
      if (r < deepest) {
        deepest = r;
        window = lag;
      }
    }
    return window > 0 && isAlone(steps, window, square, deepest) ? window : 0;
  }

  /// A cycle would have strong neighbours, of either sign, or come back after another window.
  private static boolean isAlone(double[] steps, int window, double square, double deepest) {
    for (int lag : new int[] {window - 2, window - 1, window + 1, window + 2, 2 * window}) {
      if (Math.abs(product(steps, lag)) > Math.abs(deepest) / 2 * square) {
        return false;
      }
    }
    return true;
  }

  private static double product(double[] steps, int lag) {
    double product = 0;
    for (int t = lag; t < steps.length; t++) {
      product += steps[t] * steps[t - lag];
    }
    return product;
  }

  /// What came in at each step: a(t) = x(t) − x(t − 1) + a(t − W). Of the first window only the sum
  /// is known, so each phase begins where its least value is 0: a quiet step is the rule.
  static double[] incoming(double[] past, int window) {
    double[] incoming = new double[past.length];
    for (int t = 1; t < past.length; t++) {
      incoming[t] = past[t] - past[t - 1] + (t >= window ? incoming[t - window] : 0);
    }
    double[] least = new double[window];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    for (int t = 0; t < past.length; t++) {
      least[t % window] = Math.min(least[t % window], incoming[t]);
    }
    for (int t = 0; t < past.length; t++) {
      incoming[t] -= least[t % window];
    }
    return incoming;
  }
}
