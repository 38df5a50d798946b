package io.grace.intelligence.anomaly;

/// What speaks for a reading being strange. Ratios are distances on a [LogScale].
public enum Evidence {
  /// Far from the median of this time of the day.
  SEASON,
  /// The same as a ratio.
  SEASON_RATIO,
  /// Far from that median for the spread that is usual at this time.
  SEASON_SPREAD,
  /// Far from the forecast.
  FORECAST,
  /// The same as a ratio.
  FORECAST_RATIO,
  /// Far from the last reading.
  STEP,
  /// The stretch it ends is isolated among those sampled.
  FOREST,
  /// The last few readings are far from the usual level.
  CHANGE,
  /// The last many are.
  LONG_CHANGE,
  /// The stretch it ends is unlike any earlier one.
  DISCORD,
  /// Half-strange readings have come in a row.
  LIKELIHOOD;

  static final int COUNT = values().length;
}
