package io.grace.intelligence.anomaly;

/// A value on a scale on which ratios are distances: sign(x)·ln(1 + |x| ÷ typical magnitude), which
/// is linear near zero. On it a fall of a busy metric is as plain as a rise. *Owned by one series;
/// not thread-safe.*
public final class LogScale {
  private static final int KIND = 0x1065;
  private static final int VERSION = 1;

  private static final int START = 50;
  private static final double FOLLOW = 0.001;
  private static final double BOUND = 10;

  private double typical;
  private long seen;

  /// The value on the scale of what was seen, itself included.
  ///
  /// @param value finite
  public double learn(double value) {
    seen++;
    double magnitude = Math.abs(value);
    double bounded =
        seen <= START || typical == 0 ? magnitude : Math.min(magnitude, BOUND * typical);
    typical += Math.max(FOLLOW, 1.0 / seen) * (bounded - typical);
    return magnitude == 0 ? 0 : Math.signum(value) * StrictMath.log1p(magnitude / typical);
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(typical).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    typical = in.number();
    seen = in.longInteger();
  }
}
