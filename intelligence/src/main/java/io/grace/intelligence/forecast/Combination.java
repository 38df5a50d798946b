package io.grace.intelligence.forecast;

import java.util.Arrays;
import java.util.List;

/// What the models of a pool say together, weighted by how they did in backtests. *Immutable* as
/// long as nobody writes to its arrays.
///
/// A model's weight is 1 / eᵏ, e its mean absolute error over the backtests and k = 3 (Bates &
/// Granger, *The combination of forecasts*, Operational Research Quarterly 20, 1969, have k = 2 and
/// variances alone; Diebold & Pauly, *Structural change and the combination of forecasts*, Journal
/// of Forecasting 6, 1987, have any k); equal errors weigh the same. At each step the forecast is
/// the weighted interquartile mean, the mean of the middle half of the weight, so that neither a
/// model which ran away nor the exact weights matter much (Jose & Winkler, *Simple robust averages
/// of forecasts*, International Journal of Forecasting 24, 2008).
///
/// The guard: the series gets the naive forecast if no model beat it in the backtests; or if the
/// combination did not, with the weights of the other backtests, and the best model only by so
/// little that it may be the luckiest of many.
///
/// @param mean the forecast
/// @param weights one a model, adding up to 1
/// @param errors of each model, the mean over the backtests; empty without any
/// @param ownError the same of the combination
/// @param isNaive whether the guard took the naive forecast
/// @param residuals of the forecast in the backtests, one row each, actual − forecast
/// @param isPositive whether the series was never negative, so that the forecast is not, either
public record Combination(
    double[] mean,
    double[] weights,
    double[] errors,
    double ownError,
    boolean isNaive,
    double[][] residuals,
    boolean isPositive) {
  /// A middle half.
  private static final double TRIM = 0.25;

  /// From 2 to 4 it makes little difference to many models; of two, the clearly better has it all.
  private static final double POWER = 3;

  /// On random walks the best of a dozen models looks better than naive by up to this share in half
  /// of all cases.
  private static final double LUCK = 0.05;

  /// @param paths what the models say now, one row each, the naive model first
  /// @param backtests of the same models and horizon; without any, naive is as good as it gets
  /// @param isPositive whether the series was never negative
  public static Combination of(double[][] paths, List<Backtest> backtests, boolean isPositive) {
    int count = backtests.size();
    if (count == 0) {
      double[] weights = new double[paths.length];
      weights[0] = 1;
      return new Combination(
          paths[0], weights, new double[0], 0, true, new double[0][], isPositive);
    }
    double[][] errors = new double[count][paths.length];
    double[] sums = new double[paths.length];
    for (int k = 0; k < count; k++) {
      for (int m = 0; m < paths.length; m++) {
        errors[k][m] = Accuracy.mae(backtests.get(k).actual(), backtests.get(k).paths()[m]);
        sums[m] += errors[k][m];
      }
    }
    double[][] residuals = new double[count][];
    double[][] naive = new double[count][];
    double own = 0;
    for (int k = 0; k < count; k++) {
      Backtest backtest = backtests.get(k);
      double[] others = minus(sums, errors[k]);
      // A single backtest cannot be judged by others: all models weigh the same.
      double[] path = blend(backtest.paths(), weights(others), isPositive);
      residuals[k] = minus(backtest.actual(), path);
      naive[k] = minus(backtest.actual(), backtest.paths()[0]);
      own += Accuracy.mae(backtest.actual(), path);
    }
    double[] means = Arrays.stream(sums).map(sum -> sum / count).toArray();
    double best = Arrays.stream(sums).min().orElseThrow();
    boolean isNaive = best >= sums[0] || (own >= sums[0] && best >= (1 - LUCK) * sums[0]);
    double[] weights = isNaive ? weights(first(paths.length)) : weights(sums);
    return new Combination(
        isNaive ? paths[0] : blend(paths, weights, isPositive),
        weights,
        means,
        own / count,
        isNaive,
        isNaive ? naive : residuals,
        isPositive);
  }

  /// With the paths between which the series stays so often.
  ///
  /// @param coverage in (0, 1)
  public Forecast within(double coverage) {
    Forecast forecast = ConformalBand.of(residuals, mean.length, coverage).around(mean);
    if (!isPositive) {
      return forecast;
    }
    double[] low = Arrays.stream(forecast.low()).map(value -> Math.max(0, value)).toArray();
    return new Forecast(mean, low, forecast.high());
  }

  /// Errors that leave all the weight to the first model.
  private static double[] first(int count) {
    double[] errors = new double[count];
    Arrays.fill(errors, Double.POSITIVE_INFINITY);
    errors[0] = 1;
    return errors;
  }

  static double[] weights(double[] errors) {
    double most = 0;
    for (double error : errors) {
      most = Double.isInfinite(error) ? most : Math.max(most, error);
    }
    double[] weights = new double[errors.length];
    double sum = 0;
    for (int m = 0; m < errors.length; m++) {
      // A perfect past is no reason to divide by zero.
      double error = Math.max(errors[m], 1e-6 * most);
      weights[m] = most == 0 ? 1 : Math.pow(most / error, POWER);
      sum += weights[m];
    }
    for (int m = 0; m < weights.length; m++) {
      weights[m] /= sum;
    }
    return weights;
  }

  private static double[] blend(double[][] paths, double[] weights, boolean isPositive) {
    double[] blend = new double[paths[0].length];
    double[] values = new double[paths.length];
    double[] sorted = new double[paths.length];
    for (int h = 0; h < blend.length; h++) {
      for (int m = 0; m < paths.length; m++) {
        values[m] = paths[m][h];
        sorted[m] = weights[m];
      }
      double middle = middle(values, sorted);
      blend[h] = isPositive ? Math.max(0, middle) : middle;
    }
    return blend;
  }

  /// Sorts both, and takes the mean of the middle half of the weight.
  private static double middle(double[] values, double[] weights) {
    for (int i = 1; i < values.length; i++) {
      double value = values[i];
      double weight = weights[i];
      int j = i - 1;
      for (; j >= 0 && values[j] > value; j--) {
        values[j + 1] = values[j];
        weights[j + 1] = weights[j];
      }
      values[j + 1] = value;
      weights[j + 1] = weight;
    }
    double before = 0;
    double sum = 0;
    for (int m = 0; m < values.length; m++) {
      double after = before + weights[m];
      sum += values[m] * Math.max(0, Math.min(after, 1 - TRIM) - Math.max(before, TRIM));
      before = after;
    }
    return sum / (1 - 2 * TRIM);
  }

  private static double[] minus(double[] a, double[] b) {
    double[] c = new double[a.length];
    for (int i = 0; i < c.length; i++) {
      c[i] = a[i] - b[i];
    }
    return c;
  }
}
