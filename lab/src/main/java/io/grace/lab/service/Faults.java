package io.grace.lab.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The faults of this process that live in memory. Thread-safe.
final class Faults {
  /// A hung request is let go, unanswered, after this long: five times what its caller waits.
  private static final long HOLD_SECONDS = 10;

  /// What 20 requests/s leave hanging at once, twice over; any more are dropped unanswered.
  private static final int MAX_HELD = 400;

  private final Semaphore held = new Semaphore(MAX_HELD);
  private final Leak leak = new Leak();
  private volatile CountDownLatch hang = new CountDownLatch(0);
  private volatile Duration latency = Duration.ZERO;
  private volatile double errorRatio;

  boolean hangs() {
    return hang.getCount() > 0;
  }

  /// Keeps a request for as long as any caller would wait; the caller of this then drops it without
  /// an answer.
  void hold() throws InterruptedException {
    if (held.tryAcquire()) {
      try {
        hang.await(HOLD_SECONDS, TimeUnit.SECONDS);
      } finally {
        held.release();
      }
    }
  }

  void delay() throws InterruptedException {
    Thread.sleep(latency);
  }

  boolean strikes() {
    return ThreadLocalRandom.current().nextDouble() < errorRatio;
  }

  void hang() {
    hang = new CountDownLatch(1);
  }

  void latency(Duration added) {
    latency = added;
  }

  void errors(double ratio) {
    errorRatio = ratio;
  }

  void leak(int mbPerSecond) {
    leak.start(mbPerSecond);
  }

  void clear() {
    hang.countDown();
    latency = Duration.ZERO;
    errorRatio = 0;
    leak.stop();
  }
}
