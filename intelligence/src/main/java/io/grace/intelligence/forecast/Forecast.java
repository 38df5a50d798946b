package io.grace.intelligence.forecast;

/// What a series will be, and between which paths it will stay as often as was asked for.
/// *Immutable* as long as nobody writes to its arrays.
///
/// @param mean one value a step ahead
/// @param low nowhere above the mean
/// @param high nowhere below the mean
public record Forecast(double[] mean, double[] low, double[] high) {
  public Forecast {
    mean = mean.clone();
    low = low.clone();
    high = high.clone();
    if (mean.length == 0 || mean.length != low.length || mean.length != high.length) {
      throw new IllegalArgumentException(
          "paths must be equally long and not empty: "
              + mean.length
              + ", "
              + low.length
              + ", "
              + high.length);
    }
    for (int h = 0; h < mean.length; h++) {
      if (!(low[h] <= mean[h] && mean[h] <= high[h])) {
        throw new IllegalArgumentException(
            "must be low <= mean <= high at step %d: %s, %s, %s"
                .formatted(h + 1, low[h], mean[h], high[h]));
      }
    }
  }

  public int horizon() {
    return mean.length;
  }
}
