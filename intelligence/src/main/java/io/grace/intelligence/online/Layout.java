package io.grace.intelligence.online;

import io.grace.intelligence.interval.BoundTracker;

/// Where what lies in the slice of a series. *Immutable.*
///
/// Floats are values less the series' origin, its first value, so that a series far from zero loses
/// no precision.
final class Layout {
  // ---- integers

  /// Seconds from the series' first row to its newest value.
  static final int SECOND = 0;

  /// Rows, with the missing ones.
  static final int ROWS = 1;

  /// Rows since the newest value.
  static final int MISSING = 2;

  /// Values; negative if the slot is not open.
  static final int SEEN = 3;

  /// Forecasts whose actual value is known.
  static final int SCORED = 4;

  /// The same, of those over the whole lead.
  static final int SCORED_IN_FULL = 5;

  /// Usual seconds from row to row.
  static final int STEP = 6;

  /// When each pending forecast is due; 0 for none, negative for one over less than the lead.
  static final int DUE = 7;

  // ---- floats

  static final int NEWEST = 0;
  static final int FAST = 1;
  static final int MID = 2;
  static final int SLOW = 3;
  static final int LEVEL = 4;
  static final int TREND = 5;
  static final int MEDIAN = 6;

  /// Mean absolute change from value to value.
  static final int CHANGE = 7;

  /// The four values before the newest, the newest of them first.
  static final int BEFORE = 8;

  static final int FORECAST = 12;

  /// Values that level and trend remember.
  static final int TREND_MEMORY = 13;

  /// Mean of the trend's errors one step ahead, and of their absolute values.
  static final int TREND_BIAS = 14;

  static final int TREND_ERROR = 15;
  static final int BOUNDS = 16;
  static final int REGRESSION = BOUNDS + BoundTracker.SIZE;

  final Form form;
  final int experts;

  /// Features of the regression: fewer where memory is dear.
  final int features;

  /// Mean absolute errors of the experts and of the mixed answer, then those of the breakaway.
  final int lossAt;

  /// Experts' forecasts, the mixed one, the low and the high bound that were given.
  final int pendingSize;

  final int pendingAt;
  final int cellsAt;
  final int windowAt;

  /// Steps of the moving window that the series seems to count in; 0 for none. The integer after it
  /// counts the steps that the window's memory was told of.
  final int windowCount;

  final int floats;
  final int ints;

  Layout(Form form) {
    this.form = form;
    experts = Experts.LEAN + (form.cells() > 0 ? 2 : 0) + (form.memory() > 0 ? 1 : 0);
    pendingSize = experts + 3;
    boolean isLean = form.cells() == 0 && form.memory() == 0;
    features = isLean ? Experts.LEAN_FEATURES : Experts.FEATURES;
    lossAt = REGRESSION + AbsoluteRegression.size(features);
    // One loss more, of the mixed one.
    pendingAt = lossAt + experts + 1 + Breakaway.SIZE;
    cellsAt = pendingAt + form.pending() * pendingSize;
    windowAt = cellsAt + form.cells();
    floats = windowAt + MovingWindow.size(form.memory());
    windowCount = DUE + form.pending();
    ints = windowCount + (form.memory() > 0 ? 2 : 0);
  }

  /// Bytes of one series: slice, origin and first second.
  int bytes() {
    return floats * Float.BYTES + ints * Integer.BYTES + Double.BYTES + Long.BYTES;
  }
}
