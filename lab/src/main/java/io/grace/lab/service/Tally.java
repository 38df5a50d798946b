package io.grace.lab.service;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// How a load went. Thread-safe.
final class Tally {
  private static final int MAX_MS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();

  /// Requests by milliseconds, the last for all that took longer; like the counts below guarded by
  /// the lock.
  private final int[] byMs = new int[MAX_MS + 1];

  private int good;
  private int failed;
  private int dropped;

  void done(boolean ok, Duration took) {
    lock.lock();
    try {
      byMs[(int) Math.clamp(took.toMillis(), 0, MAX_MS)]++;
      if (ok) {
        good++;
      } else {
        failed++;
      }
    } finally {
      lock.unlock();
    }
  }

  void dropped() {
    lock.lock();
    try {
      dropped++;
    } finally {
      lock.unlock();
    }
  }

  String summary() {
    lock.lock();
    try {
      return "load ok="
          + good
          + " failed="
          + failed
          + " dropped="
          + dropped
          + " p50_ms="
          + quantile(0.50)
          + " p95_ms="
          + quantile(0.95)
          + " p99_ms="
          + quantile(0.99);
    } finally {
      lock.unlock();
    }
  }

  private int quantile(double q) {
    long rank = (long) Math.ceil(q * (good + failed));
    long seen = 0;
    for (int ms = 0; ms < byMs.length; ms++) {
      seen += byMs[ms];
      if (seen >= rank) {
        return ms;
      }
    }
    return MAX_MS;
  }
}
