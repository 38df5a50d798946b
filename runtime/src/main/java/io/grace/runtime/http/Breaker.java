package io.grace.runtime.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Leaves an outside system alone after a failure, twice as long after each further one. (Circuit
/// breaker: M. Nygard, *Release It!*, 2nd ed. 2018, §5.) *Thread-safe*; when two threads report at
/// the same moment one of the two counts.
public final class Breaker {
  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  /// Enough to come to the longest rest.
  private static final int DOUBLINGS = 20;

  /// Whether it lets anything through.
  public enum State {
    CLOSED,
    /// Nothing is asked.
    OPEN,
    /// The rest is over; the next question decides.
    HALF_OPEN
  }

  /// What is known of the connection. *Immutable.*
  ///
  /// @param failures since the last answer
  /// @param restUntil until when nothing is asked
  /// @param why what the last failure was; never a secret
  private record Known(int failures, Instant restUntil, String why) {}

  private static final Known WELL = new Known(0, Instant.MIN, "");

  private final AtomicReference<Known> known = new AtomicReference<>(WELL);

  public State state(Instant now) {
    Known k = known.get();
    return k.failures == 0
        ? State.CLOSED
        : now.isBefore(k.restUntil) ? State.OPEN : State.HALF_OPEN;
  }

  /// Until when nothing should be asked; empty if something may be asked now.
  public Optional<Instant> restUntil(Instant now) {
    Known k = known.get();
    return now.isBefore(k.restUntil) ? Optional.of(k.restUntil) : Optional.empty();
  }

  /// What the last failure was; empty if there was an answer since.
  public String why() {
    return known.get().why();
  }

  public void answered() {
    known.set(WELL);
  }

  /// @param asked how long the other side wants to be left alone, if it said so; at most five
  ///   minutes count
  public void failed(Instant now, Optional<Duration> asked, String why) {
    int count = Math.min(DOUBLINGS, known.get().failures());
    Duration rest = asked.orElse(SHORTEST_REST.multipliedBy(1L << count));
    rest = rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    rest = rest.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : rest;
    known.set(new Known(count + 1, now.plus(rest), why));
  }

  /// Ends the rest; the next question decides.
  public void retryNow() {
    known.updateAndGet(k -> new Known(k.failures(), Instant.MIN, k.why()));
  }
}
