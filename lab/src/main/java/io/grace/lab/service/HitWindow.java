package io.grace.lab.service;

import java.util.BitSet;
import java.util.concurrent.locks.ReentrantLock;

/// Counts hits and misses, in all and over the last few lookups. Thread-safe.
final class HitWindow {
  /// @param recentRatio share of hits in the window; 0 when it is empty
  record Sums(long hits, long misses, double recentRatio) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final int size;

  /// The window as a ring; this and the counts are guarded by the lock.
  private final BitSet recent = new BitSet();

  private long hits;
  private long misses;

  HitWindow(int size) {
    this.size = size;
  }

  void add(boolean hit) {
    lock.lock();
    try {
      recent.set((int) ((hits + misses) % size), hit);
      if (hit) {
        hits++;
      } else {
        misses++;
      }
    } finally {
      lock.unlock();
    }
  }

  Sums sums() {
    lock.lock();
    try {
      long seen = Math.min(size, hits + misses);
      return new Sums(hits, misses, seen == 0 ? 0 : (double) recent.cardinality() / seen);
    } finally {
      lock.unlock();
    }
  }
}
