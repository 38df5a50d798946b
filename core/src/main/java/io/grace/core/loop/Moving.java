package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.event.PolicyMotion.MotionVoted;
import io.grace.core.event.PolicyMotion.MotionWithdrawn;
import io.grace.core.loop.Commands.Outcome;
import io.grace.core.loop.Commands.Outcome.Why;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.state.Motion;
import io.grace.core.state.Motions;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Members move policies, vote on them, and withdraw what they moved.
final class Moving {
  private Moving() {}

  static Outcome move(Command.Move c, Motions motions, Instant now) {
    Parliament rules = motions.rules();
    if (!rules.members().contains(c.by())) {
      return noMember(c.by(), rules);
    }
    if (motions.isRatified(c.policy())) {
      return conflict("policy " + c.policy().brief() + " is ratified already");
    }
    Optional<Motion> same = motions.about(c.policy());
    if (same.isPresent()) {
      return conflict(same.get().id() + " is about policy " + c.policy().brief() + " already");
    }
    long own = motions.open().values().stream().filter(m -> m.by().equals(c.by())).count();
    if (own >= Motions.MOST_OPEN_BY_ONE || motions.open().size() >= Motions.MOST_OPEN) {
      return conflict(
          motions.open().size()
              + " motions are open, "
              + own
              + " of them by "
              + c.by()
              + "; at most "
              + Motions.MOST_OPEN
              + " and "
              + Motions.MOST_OPEN_BY_ONE
              + " may be");
    }
    var id = new MotionId(String.format(Locale.ROOT, "m-%06d", motions.lastMotion() + 1));
    return accept(
        new MotionMade(id, c.policy(), c.by(), c.reason(), now.plus(rules.motionLimit()), now));
  }

  static Outcome vote(Command.Vote c, Motions motions, Instant now) {
    Parliament rules = motions.rules();
    if (!rules.members().contains(c.by())) {
      return noMember(c.by(), rules);
    }
    var motion = motions.open().get(c.motion());
    if (motion == null) {
      return notOpen(c.motion(), motions);
    }
    if (motion.hasVoted(c.by())) {
      return conflict(c.by() + " has voted on " + c.motion() + " already");
    }
    return now.isBefore(motion.expires())
        ? accept(new MotionVoted(c.motion(), c.by(), c.ballot(), c.reason(), now))
        : conflict("the time of " + c.motion() + " is over");
  }

  static Outcome withdraw(Command.Withdraw c, Motions motions, Instant now) {
    var motion = motions.open().get(c.motion());
    if (motion == null) {
      return notOpen(c.motion(), motions);
    }
    return motion.by().equals(c.by())
        ? accept(new MotionWithdrawn(c.motion(), c.by(), c.reason(), now))
        : new Outcome.Refused(
            Why.FORBIDDEN, c.motion() + " was made by " + motion.by() + ", who alone withdraws it");
  }

  /// Judged here, since a vote may have come in between.
  static Outcome lapse(Command.Lapse c, Motions motions, Instant now) {
    var motion = motions.open().get(c.motion());
    if (motion == null) {
      return notOpen(c.motion(), motions);
    }
    Parliament rules = motions.rules();
    var count = motion.count(rules);
    if (rules.hasQuorum(count)) {
      return conflict(c.motion() + " has its quorum: " + rules.said(count));
    }
    return motion.moved().plus(c.idle()).isAfter(now)
        ? conflict("somebody voted on " + c.motion() + " at " + motion.moved())
        : accept(new MotionDecided(c.motion(), Decision.LAPSED, count, c.by(), c.reason(), now));
  }

  private static Outcome noMember(String by, Parliament rules) {
    return rules.isOn()
        ? new Outcome.Refused(Why.FORBIDDEN, by + " is no member of parliament")
        : conflict("there is no parliament: the policy lists no members");
  }

  private static Outcome notOpen(MotionId id, Motions motions) {
    return motions.ended().stream()
        .filter(e -> e.motion().id().equals(id))
        .findFirst()
        .map(e ->
            conflict(
                id
                    + " is "
                    + e.decision().map(d -> d.name().toLowerCase(Locale.ROOT)).orElse("withdrawn")
                    + " since "
                    + e.at()))
        .orElseGet(() -> new Outcome.Refused(Why.UNKNOWN, "no motion " + id));
  }

  private static Outcome accept(Event event) {
    return new Outcome.Accepted(Optional.of(event));
  }

  private static Outcome conflict(String reason) {
    return new Outcome.Refused(Why.CONFLICT, reason);
  }
}
