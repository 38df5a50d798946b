package io.grace.domains.ml;

import io.grace.intelligence.forecast.Accuracy;
import io.grace.intelligence.neural.LstmForecaster;
import io.grace.intelligence.neural.Series;
import java.util.Arrays;

/// What a forecast made at an earlier moment was worth, now that what it foretold has come.
final class Origins {
  private Origins() {}

  /// Mean absolute errors.
  ///
  /// @param naive of "as it is now, for ever", at the same moments
  record Errors(double model, double naive) {}

  /// @param at how many of the values were known
  static Errors at(LstmForecaster model, double[] values, int at) {
    int horizon = model.window().horizon();
    double[] came = Arrays.copyOfRange(values, at, at + horizon);
    double[] same = new double[horizon];
    Arrays.fill(same, values[at - 1]);
    int from = at - model.window().history();
    double[] said = model.forecast(Series.of(Arrays.copyOfRange(values, from, at))).median();
    return new Errors(Accuracy.mae(came, said), Accuracy.mae(came, same));
  }

  /// The mean over every moment of the tail.
  ///
  /// @param tail values at the end that are forecast
  static Errors over(LstmForecaster model, double[] values, int tail) {
    int horizon = model.window().horizon();
    int first = Math.max(model.window().history(), values.length - tail);
    double ofModel = 0;
    double ofNaive = 0;
    int count = 0;
    for (int at = first; at + horizon <= values.length; at++) {
      Errors errors = at(model, values, at);
      ofModel += errors.model();
      ofNaive += errors.naive();
      count++;
    }
    if (count == 0) {
      throw new IllegalArgumentException("nothing to judge on: " + values.length + " values");
    }
    return new Errors(ofModel / count, ofNaive / count);
  }
}
