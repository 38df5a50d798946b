package io.grace.runtime.journal;

import java.time.Instant;

/// Time as it is stored: microseconds since 1970 in UTC, negative before.
final class Micros {
  private static final long PER_SECOND = 1_000_000;
  private static final int NANOS = 1_000;

  private Micros() {}

  static long of(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), PER_SECOND), at.getNano() / NANOS);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, PER_SECOND), Math.floorMod(micros, PER_SECOND) * NANOS);
  }

  /// What remains of a finer time after storage.
  static Instant truncate(Instant at) {
    return instant(of(at));
  }
}
