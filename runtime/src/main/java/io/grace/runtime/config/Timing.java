package io.grace.runtime.config;

import java.time.Duration;

/// How often something is measured and how long that may take.
final class Timing {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  static final Duration TIMEOUT = Duration.ofSeconds(2);

  /// Short enough for tests with real processes; no service is served by more.
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private static final Duration LONGEST = Duration.ofHours(1);

  private Timing() {}

  static void require(Duration interval, Duration timeout) {
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "interval must be 100ms to 1h: " + Shown.duration(interval));
    }
    if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          "timeout must be more than 0 and at most the interval: "
              + Shown.duration(timeout)
              + ", "
              + Shown.duration(interval));
    }
  }
}
