package io.grace.intelligence.forecast;

import java.util.Arrays;

/// Tomorrow is like today: the last value, for ever. What every other model must beat.
public record Naive() implements Forecaster {
  @Override
  public String name() {
    return "naive";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    return path(past, horizon);
  }

  static double[] path(double[] past, int horizon) {
    if (past.length == 0 || horizon < 1) {
      throw new IllegalArgumentException(
          "needs a past and a horizon of at least 1: " + past.length + ", " + horizon);
    }
    double[] path = new double[horizon];
    Arrays.fill(path, past[past.length - 1]);
    return path;
  }
}
