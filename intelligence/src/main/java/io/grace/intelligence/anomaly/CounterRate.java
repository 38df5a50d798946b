package io.grace.intelligence.anomaly;

/// What a counter grows by a second. A counter that fell was reset, and has grown since by all that
/// it shows, as Prometheus' `rate` takes it. *Owned by one series; not thread-safe.*
public final class CounterRate {
  private static final int KIND = 0xC047;
  private static final int VERSION = 1;

  private double last = Double.NaN;
  private long lastSecond;

  /// @param value finite
  /// @return NaN for the first reading and for one that is not later than the last
  public double learn(long epochSecond, double value) {
    double grown = value < last ? value : value - last;
    long since = epochSecond - lastSecond;
    boolean isFirst = Double.isNaN(last);
    if (!isFirst && since <= 0) {
      return Double.NaN;
    }
    last = value;
    lastSecond = epochSecond;
    return isFirst ? Double.NaN : grown / since;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(last).put(lastSecond);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    last = in.number();
    lastSecond = in.longInteger();
  }
}
