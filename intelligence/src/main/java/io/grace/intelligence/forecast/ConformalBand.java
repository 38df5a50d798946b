package io.grace.intelligence.forecast;

import java.util.Arrays;

/// How far around a forecast the truth is as often as was asked for, whatever the distribution of
/// the errors: split conformal prediction on the residuals of backtests, each divided by the usual
/// size of an error at its step (Lei, G'Sell, Rinaldo, Tibshirani & Wasserman, *Distribution-free
/// predictive inference for regression*, JASA 113, 2018, sections 2.2 and 5.2; Stankevičiūtė, Alaa
/// & van der Schaar, *Conformal time-series forecasting*, NeurIPS 2021). *Immutable* as long as
/// nobody writes to its array.
///
/// GRACE differs in the correction for finite samples. The residuals of one backtest are alike, so
/// n of them do not count as n: a backtest counts as [#INDEPENDENT].
///
/// @param widths half the width at each step
public record ConformalBand(double[] widths) {
  /// How many independent errors one backtest is worth, however long it is. With as many as its
  /// steps, bands are too narrow; 6 holds for hourly and for weekly series.
  private static final int INDEPENDENT = 6;

  /// The usual size of an error is averaged over so many steps before and after.
  private static final int AROUND = 3;

  /// No step is more certain than this share of the average one.
  private static final double LEAST = 0.05;

  /// @param residuals one row a backtest, each as long as the horizon; without any the width is 0
  /// @param coverage in (0, 1)
  public static ConformalBand of(double[][] residuals, int horizon, double coverage) {
    if (!(coverage > 0 && coverage < 1)) {
      throw new IllegalArgumentException("coverage must be in (0, 1): " + coverage);
    }
    int count = residuals.length;
    double[] widths = new double[horizon];
    if (count == 0) {
      return new ConformalBand(widths);
    }
    double[] sizes = sizes(residuals, horizon);
    double[] scores = new double[count * horizon];
    for (int k = 0; k < count; k++) {
      for (int h = 0; h < horizon; h++) {
        scores[k * horizon + h] = sizes[h] == 0 ? 0 : Math.abs(residuals[k][h]) / sizes[h];
      }
    }
    Arrays.sort(scores);
    double level = Math.min(1, coverage * (1 + 1.0 / (INDEPENDENT * count)));
    double score = quantile(scores, level);
    for (int h = 0; h < horizon; h++) {
      widths[h] = score * sizes[h];
    }
    return new ConformalBand(widths);
  }

  /// The mean |error| around each step, drawn towards that of all steps by as much as there are few
  /// backtests.
  private static double[] sizes(double[][] residuals, int horizon) {
    int count = residuals.length;
    double[] sums = new double[horizon + 1];
    for (int h = 0; h < horizon; h++) {
      sums[h + 1] = sums[h];
      for (double[] row : residuals) {
        sums[h + 1] += Math.abs(row[h]) / count;
      }
    }
    double all = sums[horizon] / horizon;
    double[] sizes = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      int from = Math.max(0, h - AROUND);
      int to = Math.min(horizon, h + AROUND + 1);
      double near = (sums[to] - sums[from]) / (to - from);
      sizes[h] = Math.max(LEAST * all, near + (all - near) / count);
    }
    return sizes;
  }

  /// With straight lines between the sorted values (Hyndman & Fan, *Sample quantiles*, The American
  /// Statistician 50, 1996, type 7).
  private static double quantile(double[] sorted, double level) {
    double at = level * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  public Forecast around(double[] mean) {
    double[] low = new double[mean.length];
    double[] high = new double[mean.length];
    for (int h = 0; h < mean.length; h++) {
      low[h] = mean[h] - widths[h];
      high[h] = mean[h] + widths[h];
    }
    return new Forecast(mean, low, high);
  }
}
