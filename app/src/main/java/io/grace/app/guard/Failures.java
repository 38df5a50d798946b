package io.grace.app.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Counts wrong tokens by address, so that guessing is slow. *Thread-safe.*
///
/// A right token is never refused for the failures of others: behind a proxy all share one address,
/// and the kill switch must stay in reach.
public final class Failures {
  /// Wrong tokens from one address within [#WINDOW] that are answered as such.
  public static final int MOST = 20;

  static final Duration WINDOW = Duration.ofMinutes(1);

  /// Addresses remembered; the one that failed longest ago is forgotten first.
  private static final int ADDRESSES = 10_000;

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > ADDRESSES;
        }
      };

  public Failures(InstantSource clock) {
    this.clock = clock;
  }

  private record Count(int failures, Instant since) {}

  /// Counts one more; how long to wait if there were too many.
  public Optional<Duration> add(String address) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Count before = counts.get(address);
      Count after =
          before == null || !now.isBefore(before.since().plus(WINDOW))
              ? new Count(1, now)
              : new Count(Math.min(before.failures(), MOST) + 1, before.since());
      counts.put(address, after);
      return after.failures() > MOST
          ? Optional.of(Duration.between(now, after.since().plus(WINDOW)))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
