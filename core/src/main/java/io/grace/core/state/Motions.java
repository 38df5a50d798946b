package io.grace.core.state;

import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the journal says of parliament. *Immutable.*
///
/// @param seat whose votes count now
/// @param open at most [#MOST_OPEN]
/// @param ended the newest last, at most [#MOST_ENDED]
/// @param ratified policies that were carried, or that began a parliament which binds; the newest
///   last, at most [#MOST_RATIFIED]
/// @param lastMotion how many there ever were; the next id follows from it
public record Motions(
    Optional<Seat> seat,
    Map<MotionId, Motion> open,
    List<Ended> ended,
    List<Hash> ratified,
    long lastMotion) {
  /// More are refused: nobody reads them.
  public static final int MOST_OPEN = 50;

  /// So that no one member fills the queue.
  public static final int MOST_OPEN_BY_ONE = 5;

  /// A year of a busy parliament; at 50 ballots each a saved state of 700 KB.
  public static final int MOST_ENDED = 200;

  /// Whoever goes back further has to ask again.
  public static final int MOST_RATIFIED = 200;

  public static final Motions NONE =
      new Motions(Optional.empty(), Map.of(), List.of(), List.of(), 0);

  /// @param policy the one that the rules are from
  public record Seat(Hash policy, Parliament rules, Instant since) {}

  /// @param decision empty if it was withdrawn
  public record Ended(Motion motion, Optional<Decision> decision, Instant at) {}

  public Parliament rules() {
    return seat.map(Seat::rules).orElse(Parliament.OFF);
  }

  public boolean isRatified(Hash policy) {
    return ratified.contains(policy)
        || seat.filter(s -> s.rules().binds() && s.policy().equals(policy)).isPresent();
  }

  /// Whether nothing may be done under this policy.
  public boolean forbids(Hash policy) {
    return rules().binds() && !isRatified(policy);
  }

  public Optional<Motion> about(Hash policy) {
    return open.values().stream().filter(m -> m.policy().equals(policy)).findFirst();
  }
}
