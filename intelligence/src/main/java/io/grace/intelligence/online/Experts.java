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

  /// Share of the newest change in the mean one.
  private static final double NEWEST_CHANGE = 0.01;

  /// The long median moves by so much of a mean change.
  private static final double MEDIAN_STEP = 0.3;

  /// The trend remembers so many steps for a lead of [#BASE_LEAD].
  private static final double TREND_MEMORY = 10;

  private static final double BASE_LEAD = 3;

  /// φ is 1 less this over the lead, so that a trend is carried on by most of itself.
  private static final double DAMPING = 0.15;

  /// After a gap of so many leads the trend of before says nothing.
  private static final int LONG_GAP = 2;

  private final Layout layout;
  private final AbsoluteRegression regression = new AbsoluteRegression();
  private final double[] features = new double[AbsoluteRegression.FEATURES];
  private final double[] five = new double[5];

  Experts(Layout layout) {
    this.layout = layout;
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
    smooth(s, Layout.FAST, value, 1 / (1 + reach), elapsed, seen);
    smooth(s, Layout.MID, value, 1 / (1 + 4 * reach), elapsed, seen);
    smooth(s, Layout.SLOW, value, 1 / (1 + 19 * reach), elapsed, seen);
    trend(s, value, elapsed, lead, Math.min(seen, TREND_MEMORY * reach));
    double mean = s.get(Layout.CHANGE);
    double newest = Math.max(NEWEST_CHANGE, 1.0 / seen);
    s.set(Layout.CHANGE, mean + newest * (Math.abs(change) - mean));
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

  private static void smooth(Slice s, int field, double value, double gain, int elapsed, int seen) {
    double missed = elapsed == 1 ? gain : 1 - Math.pow(1 - gain, elapsed);
    double level = s.get(field);
    s.set(field, level + Math.max(missed, 1.0 / seen) * (value - level));
  }

  /// Level and trend by the gains with which a recursion equals least squares over the last so many
  /// values (the α–β filter; Brookner, *Tracking and Kalman Filtering Made Easy*, 1998, §1.2.10),
  /// where GRACE stops that number from growing and damps the trend.
  private static void trend(Slice s, double value, int elapsed, int lead, double memory) {
    double alpha = 2 * (2 * memory - 1) / (memory * (memory + 1));
    double beta = memory < 2 ? 0 : 6 / (memory * (memory + 1));
    if (elapsed > LONG_GAP * lead) {
      s.set(Layout.LEVEL, value);
      s.set(Layout.TREND, 0);
      return;
    }
    double kept = Math.pow(damping(lead), elapsed) * s.get(Layout.TREND);
    double expected = s.get(Layout.LEVEL) + kept * elapsed;
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
    int memory = layout.form.memory();
    if (memory > 0) {
      for (int i = 1; i < elapsed; i++) {
        MovingWindow.learn(s, s.at + layout.windowAt, memory, 0);
      }
      MovingWindow.learn(s, s.at + layout.windowAt, memory, change);
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
    for (int i = 0; i < AbsoluteRegression.FEATURES - 1; i++) {
      features[i] = answers[FAST + i] - newest;
    }
    features[AbsoluteRegression.FEATURES - 1] = s.get(Layout.CHANGE);
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
      int window = s.at + layout.windowAt;
      answers[next] = newest - MovingWindow.leaving(s, window, layout.form.memory(), ahead);
    }
  }

  /// What came of a forecast whose experts' answers lie in the slice.
  void judge(Slice s, int answersAt, double outcome) {
    // The features of then, from the answers of then; only the mean change is that of now.
    double newest = s.f[answersAt + NAIVE];
    for (int i = 0; i < AbsoluteRegression.FEATURES - 1; i++) {
      features[i] = s.f[answersAt + FAST + i] - newest;
    }
    features[AbsoluteRegression.FEATURES - 1] = s.get(Layout.CHANGE);
    double meanError = s.get(Layout.LOSS + REGRESSION);
    double error = outcome - s.f[answersAt + REGRESSION];
    regression.learn(
        s.f,
        s.at + Layout.REGRESSION,
        features,
        outcome - newest,
        error,
        meanError,
        s.count(Layout.VERDICTS));
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
