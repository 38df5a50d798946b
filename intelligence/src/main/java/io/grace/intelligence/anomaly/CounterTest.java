package io.grace.intelligence.anomaly;

/// Whether the first readings of a series look like a counter: never negative, mostly growing, and
/// falling only by a reset, which leaves less than half. *Owned by one series; not thread-safe.*
final class CounterTest {
  private static final int KIND = 0xC7E5;
  private static final int VERSION = 1;

  private static final int LENGTH = 64;

  private double last = Double.NaN;
  private int seen;
  private int grown;
  private int reset;
  private boolean isRefuted;

  /// @param value finite
  void learn(double value) {
    seen++;
    if (value > last) {
      grown++;
    } else if (value < last) {
      reset++;
      isRefuted |= value >= last / 2;
    }
    isRefuted |= value < 0;
    last = value;
  }

  boolean isOver() {
    return isRefuted || seen >= LENGTH;
  }

  boolean isCounter() {
    return !isRefuted && grown > LENGTH / 2 && reset <= LENGTH / 16;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(last).put(seen).put(grown).put(reset).put(isRefuted);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    last = in.number();
    seen = in.integer(0, LENGTH);
    grown = in.integer(0, LENGTH);
    reset = in.integer(0, LENGTH);
    isRefuted = in.truth();
  }
}
