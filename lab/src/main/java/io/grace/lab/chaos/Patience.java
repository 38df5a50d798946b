package io.grace.lab.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Waits, never for ever.
final class Patience {
  private static final Duration LOOK = Duration.ofMillis(20);

  private Patience() {}

  /// Says what it waits for as soon as it is there.
  interface Look<T> {
    Optional<T> look() throws IOException, InterruptedException;
  }

  /// @throws IOException if it does not come in time
  static <T> T await(String what, Duration limit, Look<T> look)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      Optional<T> found = look.look();
      if (found.isPresent()) {
        return found.get();
      }
      pause(LOOK);
    }
    throw new IOException("not within " + limit.toSeconds() + " s: " + what);
  }

  static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
    }
  }
}
