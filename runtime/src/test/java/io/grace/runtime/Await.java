package io.grace.runtime;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits in tests, for a limited time, for something that another thread or process does.
public final class Await {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + LIMIT + " in vain until " + what);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }
}
