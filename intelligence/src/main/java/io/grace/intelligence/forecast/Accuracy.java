package io.grace.intelligence.forecast;

/// How far a forecast was from what came (Hyndman & Koehler, *Another look at measures of forecast
/// accuracy*, International Journal of Forecasting 22, 2006; Makridakis, Spiliotis &
/// Assimakopoulos, *The M4 Competition*, International Journal of Forecasting 36, 2020, section
/// 2.3).
public final class Accuracy {
  private Accuracy() {}

  /// The mean of |y − f|.
  public static double mae(double[] actual, double[] forecast) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      sum += Math.abs(actual[h] - forecast[h]);
    }
    return sum / actual.length;
  }

  /// The mean of 200·|y − f| / (|y| + |f|), where 0 / 0 is 0.
  public static double smape(double[] actual, double[] forecast) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      double size = Math.abs(actual[h]) + Math.abs(forecast[h]);
      sum += size == 0 ? 0 : 200 * Math.abs(actual[h] - forecast[h]) / size;
    }
    return sum / actual.length;
  }

  /// The mean error of the past of "as it was so many steps ago": what an error is measured in.
  ///
  /// @param lag at least 1
  /// @return 0 if the past is no longer than that, or repeats itself exactly
  public static double scale(double[] past, int lag) {
    double sum = 0;
    for (int t = lag; t < past.length; t++) {
      sum += Math.abs(past[t] - past[t - lag]);
    }
    return past.length > lag ? sum / (past.length - lag) : 0;
  }

  /// The mean scaled interval score (Gneiting & Raftery, *Strictly proper scoring rules*, JASA 102,
  /// 2007, section 6.2) before it is scaled: the width, and 2/α for each unit outside.
  ///
  /// @param coverage that the interval claims, in (0, 1)
  public static double intervalScore(double[] actual, Forecast forecast, double coverage) {
    double sum = 0;
    for (int h = 0; h < actual.length; h++) {
      double low = forecast.low()[h];
      double high = forecast.high()[h];
      double outside = Math.max(0, Math.max(low - actual[h], actual[h] - high));
      sum += high - low + 2 / (1 - coverage) * outside;
    }
    return sum / actual.length;
  }

  /// The share of values inside their interval.
  public static double covered(double[] actual, Forecast forecast) {
    int inside = 0;
    for (int h = 0; h < actual.length; h++) {
      inside += forecast.low()[h] <= actual[h] && actual[h] <= forecast.high()[h] ? 1 : 0;
    }
    return (double) inside / actual.length;
  }
}
