package io.grace.lab.foresight;

import java.util.Arrays;
import java.util.List;

/// Errors of forecasts as the M4 competition defines them, and the simple forecasts that they are
/// set against (Makridakis, Spiliotis & Assimakopoulos, *The M4 Competition: 100,000 time series
/// and 61 forecasting methods*, International Journal of Forecasting 36, 2020, section 2).
final class SeasonalScores {
  /// The season is there at 90 % confidence.
  private static final double CONFIDENCE = 1.645;

  private double smape;
  private double mase;
  private int count;

  /// Mean errors of one method over all series.
  record Mean(double smape, double mase) {
    double owa(Mean naive2) {
      return (smape / naive2.smape + mase / naive2.mase) / 2;
    }
  }

  void add(double[] past, double[] future, double[] forecast, int season) {
    double symmetric = 0;
    double absolute = 0;
    for (int h = 0; h < future.length; h++) {
      double off = Math.abs(future[h] - forecast[h]);
      symmetric += 200 * off / (Math.abs(future[h]) + Math.abs(forecast[h]));
      absolute += off;
    }
    smape += symmetric / future.length;
    mase += absolute / future.length / seasonalDifference(past, season);
    count++;
  }

  Mean mean() {
    return new Mean(smape / count, mase / count);
  }

  /// The mean scaled width of an interval, with what misses it punished.
  static double msis(
      double[] past, double[] future, double[] low, double[] high, double alpha, int season) {
    double sum = 0;
    for (int h = 0; h < future.length; h++) {
      double below = Math.max(0, low[h] - future[h]);
      double above = Math.max(0, future[h] - high[h]);
      sum += high[h] - low[h] + 2 / alpha * (below + above);
    }
    return sum / future.length / seasonalDifference(past, season);
  }

  private static double seasonalDifference(double[] past, int season) {
    double sum = 0;
    for (int t = season; t < past.length; t++) {
      sum += Math.abs(past[t] - past[t - season]);
    }
    return sum / (past.length - season);
  }

  static double[] seasonalNaive(double[] past, int season, int horizon) {
    var forecast = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      forecast[h] = past[past.length - season + h % season];
    }
    return forecast;
  }

  /// The last value, its season taken out by classical multiplicative decomposition and put back,
  /// if there is one.
  static double[] naive2(double[] past, int season, int horizon) {
    double[] indices = new double[season];
    Arrays.fill(indices, 1);
    if (isSeasonal(past, season)) {
      indices = multiplicativeIndices(past, season);
    }
    double level = past[past.length - 1] / indices[(past.length - 1) % season];
    var forecast = new double[horizon];
    for (int h = 0; h < horizon; h++) {
      forecast[h] = level * indices[(past.length + h) % season];
    }
    return forecast;
  }

  /// Bartlett's bound on the autocorrelation at the season.
  private static boolean isSeasonal(double[] past, int season) {
    if (past.length < 3 * season) {
      return false;
    }
    double squares = 0;
    for (int lag = 1; lag < season; lag++) {
      double r = autocorrelation(past, lag);
      squares += r * r;
    }
    double bound = CONFIDENCE * Math.sqrt((1 + 2 * squares) / past.length);
    return Math.abs(autocorrelation(past, season)) > bound;
  }

  private static double autocorrelation(double[] values, int lag) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double with = 0;
    double all = 0;
    for (int t = 0; t < values.length; t++) {
      double off = values[t] - mean;
      all += off * off;
      with += t >= lag ? off * (values[t - lag] - mean) : 0;
    }
    return with / all;
  }

  private static double[] multiplicativeIndices(double[] past, int season) {
    var ratios = new double[season];
    var counts = new int[season];
    int half = season / 2;
    for (int t = half; t < past.length - half; t++) {
      double trend = centredMean(past, t, season);
      ratios[t % season] += past[t] / trend;
      counts[t % season]++;
    }
    for (int i = 0; i < season; i++) {
      ratios[i] /= counts[i];
    }
    double mean = Arrays.stream(ratios).average().orElseThrow();
    return Arrays.stream(ratios).map(r -> r / mean).toArray();
  }

  /// Over one season; if that is even, both ends count half.
  private static double centredMean(double[] values, int t, int season) {
    int half = season / 2;
    double sum = 0;
    for (int i = t - half; i <= t + half; i++) {
      boolean isEnd = season % 2 == 0 && (i == t - half || i == t + half);
      sum += isEnd ? values[i] / 2 : values[i];
    }
    return sum / season;
  }

  /// The mean of several forecasts of the same steps.
  static double[] average(List<double[]> forecasts) {
    var mean = new double[forecasts.getFirst().length];
    for (double[] forecast : forecasts) {
      for (int h = 0; h < mean.length; h++) {
        mean[h] += forecast[h] / forecasts.size();
      }
    }
    return mean;
  }
}
