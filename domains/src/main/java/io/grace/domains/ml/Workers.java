package io.grace.domains.ml;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// How many forecasts are made at the same time; whoever finds no room in time is refused. Can be
/// changed while it is in use. *Thread-safe.*
final class Workers {
  static final int MOST = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private final long waitNanos;

  // Guarded by the lock.
  private int limit;
  private int busy;

  /// @param wait how long somebody waits for room
  Workers(int limit, Duration wait) {
    this.waitNanos = wait.toNanos();
    this.limit = checked(limit);
  }

  private static int checked(int limit) {
    if (limit < 1 || limit > MOST) {
      throw new IllegalArgumentException("workers must be in [1, " + MOST + "]: " + limit);
    }
    return limit;
  }

  /// Waits for room.
  ///
  /// @return false if there was none in time; else [#leave()] must follow
  boolean enter() throws InterruptedException {
    long left = waitNanos;
    lock.lockInterruptibly();
    try {
      while (busy >= limit) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      busy++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  void leave() {
    lock.lock();
    try {
      busy--;
      freed.signal();
    } finally {
      lock.unlock();
    }
  }

  int limit() {
    lock.lock();
    try {
      return limit;
    } finally {
      lock.unlock();
    }
  }

  void resize(int next) {
    lock.lock();
    try {
      limit = checked(next);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
