package io.grace.domains.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/// How often something happens, by the minute over the last ten. *Thread-safe.*
final class Meter {
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Duration SLOT = Duration.ofSeconds(10);

  private final ReentrantLock lock = new ReentrantLock();

  /// Oldest first; guarded by the lock.
  private final Deque<Slot> slots = new ArrayDeque<>();

  private record Slot(Instant from, long count) {}

  void mark(Instant now, long count) {
    lock.lock();
    try {
      Slot last = slots.peekLast();
      if (last != null && now.isBefore(last.from().plus(SLOT))) {
        slots.removeLast();
        slots.addLast(new Slot(last.from(), last.count() + count));
      } else {
        slots.addLast(new Slot(now, count));
      }
      forget(now);
    } finally {
      lock.unlock();
    }
  }

  double perMinute(Instant now) {
    lock.lock();
    try {
      forget(now);
      return slots.stream().mapToLong(Slot::count).sum() / (double) WINDOW.toMinutes();
    } finally {
      lock.unlock();
    }
  }

  private void forget(Instant now) {
    while (!slots.isEmpty() && slots.getFirst().from().isBefore(now.minus(WINDOW))) {
      slots.removeFirst();
    }
  }
}
