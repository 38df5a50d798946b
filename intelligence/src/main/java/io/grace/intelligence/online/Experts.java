package io.grace.intelligence.online;

import io.grace.intelligence.interval.BoundTracker;
import java.util.Arrays;

/// Simple forecasters, each of a few numbers that a new value moves in constant time: the last
/// value, three exponential smoothings, a damped trend, the median of the last five and of long
/// ago, a regression on these, and with a rich form the time of day and the moving window. None is
/// good for every series; [Mixture] finds out which is for this one.
///
/// Memory goes with the square root of the steps ahead: what is far ahead is told by what lasts.
///
/// *Owned by its bank*, whose scratch this holds.
final class Experts {
  static final int NAIVE = 0;
  static final int FAST = 1;
  static final int MID = 2;
  static final int SLOW = 3;
  static final int TREND = 4;
  static final int RECENT_MEDIAN = 5;
  static final int LONG_MEDIAN = 6;
  static final int REGRESSION = 7;

  /// Experts of a lean form.
  static final int LEAN = 8;

  /// Features of the regression: how far so many experts after the naive one are from the newest
  /// value, and the mean change as a constant.
  static final int FEATURES = 7;

  static final int LEAN_FEATURES = 5;

  /// Share of the newest change in the mean one.
  private static final double NEWEST_CHANGE = 0.01;

  /// The long median moves by so much of a mean change.
  private static final double MEDIAN_STEP = 0.3;

  /// The trend remembers at most so many values for a lead of [#BASE_LEAD].
  private static final double TREND_MEMORY = 10;

  private static final double BASE_LEAD = 3;

  /// φ is 1 less this over the lead, so that a trend is carried on by most of itself.
  private static final double DAMPING = 0.15;

  /// After a gap of so many leads the trend of before says nothing.
  private static final int LONG_GAP = 2;

  /// Share of the newest in the mean errors of the trend.
  private static final double NEWEST_ERROR = 0.1;

  /// Mean error over mean absolute error beyond which the trend is taken to have changed: of noise,
  /// the standard deviation is 0.29.
  private static final double BIASED = 0.8;

  /// By how much memory shrinks with each value then, and how short it may get.
  private static final double FORGET = 0.7;

  private static final double LEAST_MEMORY = 5;

  private final Layout layout;
  private final AbsoluteRegression regression;
  private final double[] features;
  private final double[] five = new double[5];

  Experts(Layout layout) {
    this.layout = layout;
    regression = new AbsoluteRegression(layout.features);
    features = new double[layout.features];
  }

  /// Of nothing seen.
  void reset(Slice s) {
    Arrays.fill(s.f, s.at, s.at + layout.floats, 0);
    Arrays.fill(s.n, s.nAt, s.nAt + layout.ints, 0);
    BoundTracker.reset(s.f, s.at + Layout.BOUNDS);
    DayProfile.reset(s.f, s.at + layout.cellsAt, layout.form);
  }

  /// A new value.
  ///
  /// @param elapsed steps since the value before, at least 1
  /// @param lead steps that will be looked ahead
  /// @param second of the epoch
  void learn(Slice s, double value, int elapsed, int lead, long second) {
    int seen = s.count(Layout.SEEN) + 1;
    s.count(Layout.SEEN, seen);
    double change = seen == 1 ? 0 : value - s.get(Layout.NEWEST);
    double reach = Math.sqrt(lead / BASE_LEAD);
    smooth(s, Layout.FAST, value, gain(1 / (1 + reach), elapsed, seen));
    smooth(s, Layout.MID, value, gain(1 / (1 + 4 * reach), elapsed, seen));
    smooth(s, Layout.SLOW, value, gain(1 / (1 + 19 * reach), elapsed, seen));
    trend(s, value, elapsed, lead, reach);
    smooth(s, Layout.CHANGE, Math.abs(change), gain(NEWEST_CHANGE, 1, seen));
    double median = seen == 1 ? value : s.get(Layout.MEDIAN);
    double step = MEDIAN_STEP / reach * s.get(Layout.CHANGE);
    s.set(Layout.MEDIAN, median + Math.clamp(value - median, -step, step));
    for (int i = 3; i > 0; i--) {
      s.set(Layout.BEFORE + i, s.get(Layout.BEFORE + i - 1));
    }
    s.set(Layout.BEFORE, s.get(Layout.NEWEST));
    s.set(Layout.NEWEST, value);
    remember(s, value, change, elapsed, second);
  }

  private static void smooth(Slice s, int field, double value, double gain) {
    s.set(field, s.get(field) + gain * (value - s.get(field)));
  }

  /// The gain of a smoothing after so many steps and with so many values seen.
  private static double gain(double gain, int elapsed, int seen) {
    return Math.max(elapsed == 1 ? gain : 1 - Math.pow(1 - gain, elapsed), 1.0 / seen);
  }

  /// Level and trend by the gains with which a recursion equals least squares over the last so many
  /// values (the α–β filter; Brookner, *Tracking and Kalman Filtering Made Easy*, 1998, §1.2.10).
  /// GRACE stops that number from growing, and lets it shrink while errors keep to one side, after
  /// Trigg & Leach (*Exponential Smoothing with an Adaptive Response Rate*, Operational Research
  /// Quarterly 18, 1967); and damps the trend.
  private static void trend(Slice s, double value, int elapsed, int lead, double reach) {
    if (elapsed > LONG_GAP * lead) {
      s.set(Layout.LEVEL, value);
      s.set(Layout.TREND, 0);
      s.set(Layout.TREND_MEMORY, 1);
      return;
    }
    double kept = Math.pow(damping(lead), elapsed) * s.get(Layout.TREND);
    double expected = s.get(Layout.LEVEL) + kept * elapsed;
    double memory = Math.min(s.get(Layout.TREND_MEMORY) + 1, TREND_MEMORY * reach);
    if (Math.abs(s.get(Layout.TREND_BIAS)) > BIASED * s.get(Layout.TREND_ERROR)) {
      memory = Math.max(LEAST_MEMORY, FORGET * memory);
    }
    s.set(Layout.TREND_MEMORY, memory);
    // The first two values make the line, so they cannot miss it.
    double error = memory < 3 ? 0 : value - expected;
    smooth(s, Layout.TREND_BIAS, error, NEWEST_ERROR);
    smooth(s, Layout.TREND_ERROR, Math.abs(error), NEWEST_ERROR);
    double alpha = 2 * (2 * memory - 1) / (memory * (memory + 1));
    double beta = memory < 2 ? 0 : 6 / (memory * (memory + 1));
    s.set(Layout.LEVEL, expected + Math.min(1, alpha) * (value - expected));
    s.set(Layout.TREND, kept + Math.min(1, beta) / elapsed * (value - expected));
  }

  private static double damping(int lead) {
    return 1 - DAMPING / lead;
  }

  private void remember(Slice s, double value, double change, int elapsed, long second) {
    if (layout.form.cells() > 0) {
      int step = s.count(Layout.STEP);
      DayProfile.learn(s.f, s.at + layout.cellsAt, layout.form, second, step, value);
    }
    if (layout.form.memory() > 0) {
      for (int i = 1; i < elapsed; i++) {
        MovingWindow.learn(s, layout, 0);
      }
      MovingWindow.learn(s, layout, change);
    }
  }

  /// What each expert expects.
  ///
  /// @param lead steps for which memories are meant
  /// @param ahead steps to look ahead
  /// @param due the second that this will be
  void forecast(Slice s, int lead, int ahead, long second, long due, double[] answers) {
    double newest = s.get(Layout.NEWEST);
    answers[NAIVE] = newest;
    answers[FAST] = s.get(Layout.FAST);
    answers[MID] = s.get(Layout.MID);
    answers[SLOW] = s.get(Layout.SLOW);
    double phi = damping(lead);
    double carried = phi * (1 - Math.pow(phi, ahead)) / (1 - phi);
    answers[TREND] = s.get(Layout.LEVEL) + carried * s.get(Layout.TREND);
    answers[RECENT_MEDIAN] = recentMedian(s);
    answers[LONG_MEDIAN] = s.get(Layout.MEDIAN);
    for (int i = 0; i < features.length - 1; i++) {
      features[i] = answers[FAST + i] - newest;
    }
    features[features.length - 1] = s.get(Layout.CHANGE);
    answers[REGRESSION] = newest + regression.forecast(s.f, s.at + Layout.REGRESSION, features);
    int next = LEAN;
    if (layout.form.cells() > 0) {
      int cells = s.at + layout.cellsAt;
      double then = DayProfile.at(s.f, cells, layout.form, due);
      double now = DayProfile.at(s.f, cells, layout.form, second);
      answers[next++] = Double.isNaN(then) ? newest : then;
      answers[next++] = Double.isNaN(then - now) ? newest : newest + then - now;
    }
    if (layout.form.memory() > 0) {
      answers[next] = newest - MovingWindow.leaving(s, layout, ahead);
    }
  }

  /// What came of a forecast whose experts' answers lie in the slice.
  void judge(Slice s, int answersAt, double actual) {
    // The features of then, from the answers of then; only the mean change is that of now.
    double newest = s.f[answersAt + NAIVE];
    for (int i = 0; i < features.length - 1; i++) {
      features[i] = s.f[answersAt + FAST + i] - newest;
    }
    features[features.length - 1] = s.get(Layout.CHANGE);
    double meanError = s.get(layout.lossAt + REGRESSION);
    double error = actual - s.f[answersAt + REGRESSION];
    regression.learn(
        s.f,
        s.at + Layout.REGRESSION,
        features,
        actual - newest,
        error,
        meanError,
        s.count(Layout.SCORED));
  }

  private double recentMedian(Slice s) {
    int count = Math.min(five.length, s.count(Layout.SEEN));
    five[0] = s.get(Layout.NEWEST);
    for (int i = 1; i < count; i++) {
      // Sorted in: for five numbers nothing is quicker.
      double value = s.get(Layout.BEFORE + i - 1);
      int k = i;
      for (; k > 0 && five[k - 1] > value; k--) {
        five[k] = five[k - 1];
      }
      five[k] = value;
    }
    return five[count / 2];
  }
}
