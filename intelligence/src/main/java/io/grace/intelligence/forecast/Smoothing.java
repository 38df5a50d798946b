package io.grace.intelligence.forecast;

import java.util.Arrays;

/// Exponential smoothing: level, trend and seasons that forget (Hyndman, Koehler, Ord & Snyder,
/// *Forecasting with Exponential Smoothing*, 2008, table 2.2, the models with additive errors and
/// seasons). The parameters minimise the squared error one step ahead.
///
/// GRACE differs from the book in that the first states are a rule of thumb (its section 2.6.1) and
/// not fitted, and that only the newest [#REACH] points, or [#CYCLES] cycles, are looked at.
///
/// @param kind which states there are
public record Smoothing(Kind kind) implements Forecaster {
  /// Fewer points say nothing of a level, let alone of a trend.
  public static final int LEAST = 8;

  /// Older points have no weight left worth their cost.
  static final int REACH = 1_000;

  static final int CYCLES = 8;

  /// Holt (1957), Gardner & McKenzie (1985) and Winters (1960) in one list.
  public enum Kind {
    /// A level alone: simple exponential smoothing.
    LEVEL("ses", false, false, false),
    /// Holt's linear trend.
    TREND("holt", true, false, false),
    /// A trend that fades.
    DAMPED("damped", true, true, false),
    /// A level and additive seasons.
    SEASONS("ses-seasons", false, false, true),
    /// Holt and Winters' level, trend and additive seasons.
    TREND_SEASONS("holt-winters", true, false, true),
    /// The same with a trend that fades.
    DAMPED_SEASONS("damped-winters", true, true, true);

    final String label;
    final boolean hasTrend;
    final boolean isDamped;
    final boolean hasSeasons;

    Kind(String label, boolean hasTrend, boolean isDamped, boolean hasSeasons) {
      this.label = label;
      this.hasTrend = hasTrend;
      this.isDamped = isDamped;
      this.hasSeasons = hasSeasons;
    }
  }

  @Override
  public String name() {
    return kind.label;
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    int period = kind.hasSeasons ? seasons.innerWithin(past.length, 3) : 1;
    if (past.length < LEAST || (kind.hasSeasons && period == 1)) {
      return Naive.path(past, horizon);
    }
    return SmoothingFit.of(kind, recent(past, period), period).path(horizon);
  }

  static double[] recent(double[] past, int period) {
    int length = Math.min(past.length, Math.max(REACH, CYCLES * period));
    return Arrays.copyOfRange(past, past.length - length, past.length);
  }
}
