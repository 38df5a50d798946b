package io.grace.core.model;

import java.time.Duration;

/// How often a step that failed for a passing reason is tried again. *Immutable.*
///
/// @param max further attempts, 0–5
/// @param backoff wait before the first of them
/// @param factor each further wait is this many times the one before, 1–4
public record Retries(int max, Duration backoff, int factor) {
  public static final Retries NONE = new Retries(0, Duration.ZERO);

  /// More would hide a broken step behind a long run.
  private static final int MOST = 5;

  private static final int STEEPEST = 4;

  public Retries {
    if (max < 0 || max > MOST) {
      throw new IllegalArgumentException("retries must be 0–" + MOST + ": " + max);
    }
    if (backoff.isNegative()) {
      throw new IllegalArgumentException("backoff must not be negative: " + backoff);
    }
    if (factor < 1 || factor > STEEPEST) {
      throw new IllegalArgumentException("factor must be 1–" + STEEPEST + ": " + factor);
    }
  }

  public Retries(int max, Duration backoff) {
    this(max, backoff, 1);
  }

  /// The wait before a further attempt.
  ///
  /// @param attempt from 1
  public Duration before(int attempt) {
    return backoff.multipliedBy((long) Math.pow(factor, attempt - 1.0));
  }

  /// All waits together.
  public Duration longest() {
    Duration sum = Duration.ZERO;
    for (int attempt = 1; attempt <= max; attempt++) {
      sum = sum.plus(before(attempt));
    }
    return sum;
  }
}
