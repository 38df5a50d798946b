package io.grace.runtime.foresight;

import java.util.Arrays;

/// The last hours of one metric on an even grid; a gap keeps the value before it. Not thread-safe.
final class History {
  static final int STEP_SECONDS = 15;

  /// Three hours.
  static final int LENGTH = 3 * 3600 / STEP_SECONDS;

  /// A longer gap begins a new history: what was before it says little of now.
  private static final int LONGEST_GAP = 8;

  private final float[] values = new float[LENGTH];
  private long newest = Long.MIN_VALUE;
  private int size;

  void add(long epochSecond, double value) {
    long slot = Math.floorDiv(epochSecond, STEP_SECONDS);
    if (slot < newest) {
      return;
    }
    if (size == 0 || slot - newest > LONGEST_GAP) {
      size = 0;
      newest = slot - 1;
    }
    float last = size == 0 ? (float) value : values[index(newest)];
    for (long at = newest + 1; at < slot; at++) {
      values[index(at)] = last;
      size = Math.min(LENGTH, size + 1);
    }
    if (slot > newest) {
      size = Math.min(LENGTH, size + 1);
    }
    values[index(slot)] = (float) value;
    newest = slot;
  }

  /// When the newest value was measured, on the grid.
  long newestSecond() {
    return newest * STEP_SECONDS;
  }

  int size() {
    return size;
  }

  /// Whether it was heard of within so many steps.
  boolean isFresh(long epochSecond, int steps) {
    return Math.floorDiv(epochSecond, STEP_SECONDS) - newest <= steps;
  }

  /// The newest values, the oldest of them first.
  ///
  /// @param skip so many of the newest are left out
  double[] last(int count, int skip) {
    int taken = Math.max(0, Math.min(count, size - skip));
    double[] last = new double[taken];
    for (int i = 0; i < taken; i++) {
      last[i] = values[index(newest - skip - taken + 1 + i)];
    }
    return last;
  }

  /// Whether nothing changed at all, so that there is nothing to foretell.
  boolean isConstant() {
    double[] all = last(size, 0);
    return Arrays.stream(all).allMatch(v -> v == all[0]);
  }

  private static int index(long slot) {
    return (int) Math.floorMod(slot, (long) LENGTH);
  }
}
