package io.grace.lab.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// Takes heap and never gives it back, until the process is out of it or [#stop] is called.
/// Thread-safe.
final class Leak {
  private static final long PERIOD_NANOS = Duration.ofMillis(100).toNanos();

  private final ReentrantLock lock = new ReentrantLock();

  /// What is retained, and for which start; guarded by the lock. The heap bounds it, which is the
  /// fault.
  private final List<byte[]> retained = new ArrayList<>();

  private int generation;

  void start(int mbPerSecond) {
    int current = stop();
    Thread.ofPlatform().daemon().name("leak").start(() -> leak(mbPerSecond, current));
  }

  /// @return what a new leak must show to go on
  int stop() {
    lock.lock();
    try {
      retained.clear();
      return ++generation;
    } finally {
      lock.unlock();
    }
  }

  private void leak(int mbPerSecond, int mine) {
    while (keep(new byte[mbPerSecond * 1024 * 1024 / 10], mine)) {
      LockSupport.parkNanos(PERIOD_NANOS);
    }
  }

  private boolean keep(byte[] chunk, int mine) {
    lock.lock();
    try {
      return mine == generation && retained.add(chunk);
    } finally {
      lock.unlock();
    }
  }
}
