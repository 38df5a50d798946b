package io.grace.domains.ml;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// A histogram of how long answers took lately: buckets that each are a fifth wider than the one
/// before, in two windows of which the older one goes. *Thread-safe.*
final class Latency {
  private static final double GROWTH = 1.2;

  /// From a microsecond to twenty minutes.
  private static final int BUCKETS = 116;

  private final long windowNanos;
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private long[] older = new long[BUCKETS];
  private long[] newer = new long[BUCKETS];
  private long turnedAt = System.nanoTime();
  private long all;
  private long refusedOlder;
  private long refusedNewer;

  Latency(Duration window) {
    this.windowNanos = window.toNanos();
  }

  void took(long nanos) {
    lock.lock();
    try {
      turn();
      newer[bucket(nanos)]++;
      all++;
    } finally {
      lock.unlock();
    }
  }

  void refused() {
    lock.lock();
    try {
      turn();
      refusedNewer++;
    } finally {
      lock.unlock();
    }
  }

  private static int bucket(long nanos) {
    double micros = Math.max(1, nanos / 1e3);
    return (int) Math.min(BUCKETS - 1, Math.log(micros) / Math.log(GROWTH));
  }

  private void turn() {
    long gone = System.nanoTime() - turnedAt;
    if (gone >= windowNanos) {
      boolean isNext = gone < 2 * windowNanos;
      older = isNext ? newer : new long[BUCKETS];
      newer = new long[BUCKETS];
      refusedOlder = isNext ? refusedNewer : 0;
      refusedNewer = 0;
      turnedAt = System.nanoTime();
    }
  }

  /// What the windows say.
  ///
  /// @param p95Ms the upper edge of the bucket that holds it; 0 if nothing was answered
  /// @param refusedRatio of what was asked
  record Lately(double p50Ms, double p95Ms, double refusedRatio, long answered) {}

  Lately lately() {
    lock.lock();
    try {
      turn();
      long count = 0;
      for (int i = 0; i < BUCKETS; i++) {
        count += older[i] + newer[i];
      }
      long refused = refusedOlder + refusedNewer;
      double ratio = count + refused == 0 ? 0 : (double) refused / (count + refused);
      return new Lately(quantile(0.5, count), quantile(0.95, count), ratio, all);
    } finally {
      lock.unlock();
    }
  }

  private double quantile(double q, long count) {
    long below = (long) Math.ceil(q * count);
    for (int i = 0; i < BUCKETS && count > 0; i++) {
      below -= older[i] + newer[i];
      if (below <= 0) {
        return Math.pow(GROWTH, i + 1.0) / 1e3;
      }
    }
    return 0;
  }
}
