package io.grace.intelligence.online;

/// Notices at once that a series has left the course its mixture expects: a leak that begins after
/// a quiet week would else be outvoted by the week.
///
/// A pending forecast is looked at after each quarter of its way, taken as a straight line from the
/// value it started at, and the errors of the mixture, the naive forecast and the trend are kept as
/// means over about one lead. The trend answers in place of the mixture when that errs far more
/// than it used to, and the trend does better or is beyond doubt; and in place of the naive
/// forecast when it errs far less, be it that naive errs more than it used to or that little is
/// known yet. Of the same kind as the tracking signal of Trigg (*Monitoring a Forecasting System*,
/// Operational Research Quarterly 15, 1964), but asks whether another forecast is better, not only
/// whether this one is biased.
///
/// State is [#SIZE] floats. Stateless itself.
final class Breakaway {
  static final int SIZE = 3;

  static final int LOOKS = 4;

  private static final int NAIVE = 0;
  private static final int TREND = 1;
  private static final int MIXED = 2;

  /// Far more.
  private static final double FAR = 2;

  /// A trend is beyond doubt at so many standard errors. A random walk seems to have one, too, but
  /// of a random walk no mixture is trusted.
  private static final double CLEAR = 6;

  /// The standard error of a slope is σ √(12 / k³), and σ of a normal distribution 1.25 mean
  /// absolute errors.
  private static final double SLOPE_ERROR = 1.25 * Math.sqrt(12);

  /// With fewer scores little is known of how much an expert used to err.
  private static final int LEAST_SCORED = 10;

  private Breakaway() {}

  /// One look.
  ///
  /// @param answersAt where in the slice's array the experts' answers lie, the mixed one after them
  /// @param share of the way gone, in (0, 1]
  static void look(Slice s, Layout layout, int answersAt, double share, double value) {
    int at = s.at + layout.lossAt + layout.experts + 1;
    double newest = 1.0 / (LOOKS * layout.form.pending());
    double from = s.f[answersAt + Experts.NAIVE];
    look(s.f, at + NAIVE, newest, Math.abs(value - from));
    double trend = from + share * (s.f[answersAt + Experts.TREND] - from);
    look(s.f, at + TREND, newest, Math.abs(value - trend));
    double mixed = from + share * (s.f[answersAt + layout.experts] - from);
    look(s.f, at + MIXED, newest, Math.abs(value - mixed));
  }

  private static void look(float[] f, int at, double newest, double error) {
    f[at] += (float) (newest * (error - f[at]));
  }

  /// Whether the trend should answer.
  ///
  /// @param isTrusted whether else the mixture would, not the naive forecast
  static boolean isTrend(Slice s, Layout layout, boolean isTrusted) {
    int at = layout.lossAt + layout.experts + 1;
    double naive = s.get(at + NAIVE);
    double trend = s.get(at + TREND);
    boolean isBetter = FAR * trend < naive;
    if (isTrusted) {
      double mixed = s.get(at + MIXED);
      double usual = s.get(layout.lossAt + layout.experts);
      return mixed > FAR * usual && trend < mixed && (isBetter || isClear(s));
    }
    double usual = s.get(layout.lossAt + Experts.NAIVE);
    return isBetter && (naive > usual || s.count(Layout.SCORED) < LEAST_SCORED);
  }

  private static boolean isClear(Slice s) {
    double memory = s.get(Layout.TREND_MEMORY);
    double error = SLOPE_ERROR * s.get(Layout.TREND_ERROR) / (memory * Math.sqrt(memory));
    return Math.abs(s.get(Layout.TREND)) > CLEAR * error;
  }
}
