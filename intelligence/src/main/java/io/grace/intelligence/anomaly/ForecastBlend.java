package io.grace.intelligence.anomaly;

/// A forecast of the next reading: the last one, a quick and a slow average, and what two seasons
/// expect, weighted by how well each of them did lately. *Owned by one series; not thread-safe.*
///
/// The weights are inverse powers of the recent mean absolute error, as of combined forecasts in
/// Bates & Granger, *The Combination of Forecasts*, Operational Research Quarterly 20, 1969; GRACE
/// uses absolute errors, which one spike does not upset, and a higher power.
public final class ForecastBlend {
  private static final int KIND = 0xF0CA;
  private static final int VERSION = 1;

  private static final double QUICK = 0.3;
  private static final double SLOW = 0.05;
  private static final double FORGET = 0.0005;
  private static final int EXPERTS = 5;

  private final double[] expected = new double[EXPERTS];
  private final double[] errors = new double[EXPERTS];
  private double last = Double.NaN;
  private double quick;
  private double slow;
  private long seen;

  /// What is expected of the next reading; NaN before the first.
  ///
  /// @param daily what the time of the day makes expect; NaN if that is not known
  /// @param weekly what the time of the week makes expect; NaN if that is not known
  public double expect(double daily, double weekly) {
    expected[0] = last;
    expected[1] = quick;
    expected[2] = slow;
    expected[3] = Double.isNaN(daily) ? slow : daily;
    expected[4] = Double.isNaN(weekly) ? expected[3] : weekly;
    double best = Double.POSITIVE_INFINITY;
    for (double error : errors) {
      best = Math.min(best, error);
    }
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < EXPERTS; i++) {
      double ratio = errors[i] == best ? 1 : best / errors[i];
      double weight = ratio * ratio * ratio;
      sum += weight * expected[i];
      weights += weight;
    }
    return sum / weights;
  }

  /// How far the reading is from the one before; NaN before the first.
  public double step(double value) {
    return Math.abs(value - last);
  }

  /// To be called after [#expect].
  ///
  /// @param value finite
  public void learn(double value) {
    if (seen == 0) {
      quick = value;
      slow = value;
    } else {
      double share = Math.max(FORGET, 1.0 / seen);
      for (int i = 0; i < EXPERTS; i++) {
        errors[i] += share * (Math.abs(value - expected[i]) - errors[i]);
      }
    }
    seen++;
    quick += QUICK * (value - quick);
    slow += Math.max(SLOW, 1.0 / seen) * (value - slow);
    last = value;
  }

  /// The quick average.
  public double level() {
    return quick;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(errors).put(last).put(quick).put(slow).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    in.fill(errors);
    last = in.number();
    quick = in.number();
    slow = in.number();
    seen = in.longInteger();
  }
}
