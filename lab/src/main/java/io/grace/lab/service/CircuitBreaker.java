package io.grace.lab.service;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Stops calling a dependency that keeps failing, and tries one call now and then to see whether it
/// is back (Nygard, "Release It!", 2007, chapter 5). It differs by one state, [Stuck]: open with
/// its probe timer lost, a defect that real breakers have had and that only a reset ends.
/// Thread-safe.
final class CircuitBreaker {
  static final int FAILURES_TO_OPEN = 5;
  static final Duration OPEN_FOR = Duration.ofSeconds(3);

  sealed interface State {}

  /// Calls pass.
  ///
  /// @param failures in a row
  record Closed(int failures) implements State {}

  /// Calls are refused until the probe is due.
  record Open(long probeAtNanos) implements State {}

  /// One call is on its way to see; others are refused.
  record HalfOpen() implements State {}

  /// Calls are refused and no probe will ever be due.
  record Stuck() implements State {}

  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock for changes.
  private volatile State state = new Closed(0);

  State state() {
    return state;
  }

  /// Whether a call would be refused now; takes no probe.
  boolean refuses(long nowNanos) {
    return switch (state) {
      case Closed _ -> false;
      case Open open -> nowNanos - open.probeAtNanos < 0;
      case HalfOpen _, Stuck _ -> true;
    };
  }

  /// Whether to call; who is admitted must report [#succeeded] or [#failed].
  boolean admits(long nowNanos) {
    lock.lock();
    try {
      if (refuses(nowNanos)) {
        return false;
      }
      if (state instanceof Open) {
        state = new HalfOpen();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  void succeeded() {
    lock.lock();
    try {
      state =
          switch (state) {
            case Closed _, HalfOpen _ -> new Closed(0);
            // A call admitted before the breaker opened says nothing about now.
            case Open open -> open;
            case Stuck stuck -> stuck;
          };
    } finally {
      lock.unlock();
    }
  }

  void failed(long nowNanos) {
    lock.lock();
    try {
      state =
          switch (state) {
            case Closed closed when closed.failures + 1 < FAILURES_TO_OPEN ->
                new Closed(closed.failures + 1);
            case Closed _, HalfOpen _ -> open(nowNanos);
            case Open open -> open;
            case Stuck stuck -> stuck;
          };
    } finally {
      lock.unlock();
    }
  }

  void trip(long nowNanos) {
    change(open(nowNanos));
  }

  void loseTimer() {
    change(new Stuck());
  }

  void reset() {
    change(new Closed(0));
  }

  private static Open open(long nowNanos) {
    return new Open(nowNanos + OPEN_FOR.toNanos());
  }

  private void change(State next) {
    lock.lock();
    try {
      state = next;
    } finally {
      lock.unlock();
    }
  }
}
