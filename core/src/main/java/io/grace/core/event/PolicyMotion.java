package io.grace.core.event;

import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Decision;
import java.time.Instant;

/// What happens in parliament: who sits in it, and what becomes of motions. *Immutable.*
public sealed interface PolicyMotion extends Event {
  enum Ballot {
    FOR,
    AGAINST
  }

  /// What happens to one motion.
  sealed interface MotionEvent extends PolicyMotion {
    MotionId motion();

    @Override
    default String subject() {
      return motion().value();
    }
  }

  /// From here these rules count.
  ///
  /// @param policy the one that they are from; ratified, if they bind
  record ParliamentSeated(Hash policy, Parliament rules, Instant at) implements PolicyMotion {
    @Override
    public String subject() {
      return "parliament";
    }
  }

  /// A member wants a policy.
  ///
  /// @param expires when it is closed if it is not settled
  record MotionMade(
      MotionId motion, Hash policy, String by, String reason, Instant expires, Instant at)
      implements MotionEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  record MotionVoted(MotionId motion, String by, Ballot ballot, String reason, Instant at)
      implements MotionEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// @param by `grace`, or whoever asked to close what nobody votes on
  /// @param count of those who are members now
  record MotionDecided(
      MotionId motion, Decision decision, Count count, String by, String reason, Instant at)
      implements MotionEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// Whoever made it does not want it any more.
  record MotionWithdrawn(MotionId motion, String by, String reason, Instant at)
      implements MotionEvent {
    @Override
    public String actor() {
      return by;
    }
  }
}
