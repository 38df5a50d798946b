package io.grace.domains.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One source on its way in: when it is due, who looks at it now, and since when it does not get
/// on. *Thread-safe.*
final class Line {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(2);
  private static final int MOST_DOUBLINGS = 8;

  private final SourceSpec spec;
  private final ReentrantLock lock = new ReentrantLock();

  /// Guarded by the lock, as all below. A worker that was left behind is no worker any more.
  private @Nullable Guard guard;

  private @Nullable Thread worker;
  private Instant begun = Instant.EPOCH;
  private Instant due;
  private @Nullable Instant succeeded;
  private @Nullable Instant failingSince;
  private int failures;
  private String problem = "";

  Line(SourceSpec spec, Instant due) {
    this.spec = spec;
    this.due = due;
  }

  SourceSpec spec() {
    return spec;
  }

  boolean isDue(Instant now) {
    return locked(() -> guard == null && !now.isBefore(due));
  }

  boolean isOver(Instant now, Duration limit) {
    return locked(() -> guard != null && now.isAfter(begun.plus(limit)));
  }

  /// @return false if somebody is at it
  boolean begin(Guard by, Thread thread, Instant now) {
    return locked(() -> {
      if (guard != null) {
        return false;
      }
      guard = by;
      worker = thread;
      begun = now;
      return true;
    });
  }

  void end(Guard by, String why, Instant now, Duration interval) {
    locked(() -> {
      if (guard != by) {
        return false;
      }
      guard = null;
      problem = why;
      if (why.isEmpty()) {
        succeeded = now;
        failingSince = null;
        failures = 0;
        due = now.plus(interval);
      } else {
        failingSince = failingSince == null ? begun : failingSince;
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        due = now.plus(wait.compareTo(interval) < 0 ? wait : interval);
      }
      return true;
    });
  }

  /// Zero while all is well: nobody is at it and the last look succeeded, or it gets on.
  Duration stalled(Instant now) {
    return locked(() -> {
      Instant since = guard != null ? guard.lastProgress() : now;
      if (failingSince != null && failingSince.isBefore(since)) {
        since = failingSince;
      }
      Duration stalled = Duration.between(since, now);
      return stalled.isNegative() ? Duration.ZERO : stalled;
    });
  }

  String problem() {
    return locked(() -> guard == null ? problem : "is being read since " + begun);
  }

  boolean hasSucceededSince(Instant then) {
    return locked(() -> succeeded != null && !succeeded.isBefore(then));
  }

  void dueNow(Instant now) {
    locked(() -> {
      // Whoever is still there did not end when it was told to, and is left behind.
      guard = null;
      due = now;
      return true;
    });
  }

  void callOff(String why) {
    Guard by =
        locked(() -> {
          problem = guard == null ? problem : why;
          return guard;
        });
    if (by != null) {
      by.callOff();
    }
  }

  /// Until whoever looks at it has ended.
  void await(Duration limit) throws InterruptedException {
    Thread thread = locked(() -> guard == null ? null : worker);
    if (thread != null && limit.isPositive()) {
      boolean _ = thread.join(limit);
    }
  }

  private interface Question<T extends @Nullable Object> {
    T answer();
  }

  private <T extends @Nullable Object> T locked(Question<T> question) {
    lock.lock();
    try {
      return question.answer();
    } finally {
      lock.unlock();
    }
  }
}
