package io.grace.intelligence.anomaly;

/// A generator of pseudo-random numbers whose state is one number, so that it moves with the rest
/// of a series (Steele, Lea & Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014,
/// figure 16; the JDK's own does not show its state). *Not thread-safe.*
final class SplitMix {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  SplitMix(long seed) {
    this.state = seed;
  }

  /// In [0, 1).
  double nextDouble() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
  }

  long state() {
    return state;
  }

  void move(long to) {
    state = to;
  }
}
