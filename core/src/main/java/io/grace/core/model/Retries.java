package io.grace.core.model;

import java.time.Duration;

/// How often a step that failed for a passing reason is tried again. *Immutable.*
///
/// @param max further attempts, 0–5
/// @param backoff wait before each
public record Retries(int max, Duration backoff) {
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  /// More would hide a broken step behind a long run.
  private static final int MOST = 5;

  public Retries {
    if (max < 0 || max > MOST) {
      throw new IllegalArgumentException("retries must be 0–" + MOST + ": " + max);
    }
    if (backoff.isNegative()) {
      throw new IllegalArgumentException("backoff must not be negative: " + backoff);
    }
  }
}
