package io.grace.core.state;

import io.grace.core.event.PolicyMotion;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.event.PolicyMotion.MotionVoted;
import io.grace.core.event.PolicyMotion.MotionWithdrawn;
import io.grace.core.event.PolicyMotion.ParliamentSeated;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.state.Motion.Cast;
import io.grace.core.state.Motions.Ended;
import io.grace.core.state.Motions.Seat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What an event in parliament makes of [Motions]. They are few and small, so each is a new value.
final class MotionFold {
  private MotionFold() {}

  static Motions after(Motions from, PolicyMotion event) {
    return switch (event) {
      case ParliamentSeated e ->
          new Motions(
              e.rules().isOn()
                  ? Optional.of(new Seat(e.policy(), e.rules(), e.at()))
                  : Optional.empty(),
              from.open(),
              from.ended(),
              e.rules().binds() ? ratified(from.ratified(), e.policy()) : from.ratified(),
              from.lastMotion());
      case MotionMade e ->
          new Motions(
              from.seat(),
              with(
                  from.open(),
                  new Motion(
                      e.motion(), e.policy(), e.by(), e.reason(), e.at(), e.expires(), List.of())),
              from.ended(),
              from.ratified(),
              from.lastMotion() + 1);
      case MotionVoted e ->
          new Motions(
              from.seat(),
              with(from.open(), open(from, e.motion()).with(new Cast(e.by(), e.ballot(), e.at()))),
              from.ended(),
              from.ratified(),
              from.lastMotion());
      case MotionDecided e -> ended(from, e.motion(), Optional.of(e.decision()), e.at());
      case MotionWithdrawn e -> ended(from, e.motion(), Optional.empty(), e.at());
    };
  }

  private static Motions ended(Motions from, MotionId id, Optional<Decision> decision, Instant at) {
    Motion motion = open(from, id);
    var open = new HashMap<>(from.open());
    open.remove(id);
    boolean isCarried = decision.filter(d -> d == Decision.CARRIED).isPresent();
    return new Motions(
        from.seat(),
        Map.copyOf(open),
        Track.remember(from.ended(), new Ended(motion, decision, at), Motions.MOST_ENDED),
        isCarried ? ratified(from.ratified(), motion.policy()) : from.ratified(),
        from.lastMotion());
  }

  private static Motion open(Motions from, MotionId id) {
    var motion = from.open().get(id);
    if (motion == null) {
      throw new IllegalStateException("no open motion " + id);
    }
    return motion;
  }

  private static Map<MotionId, Motion> with(Map<MotionId, Motion> open, Motion motion) {
    var all = new HashMap<>(open);
    all.put(motion.id(), motion);
    return Map.copyOf(all);
  }

  private static List<Hash> ratified(List<Hash> before, Hash policy) {
    var others = new ArrayList<>(before);
    others.remove(policy);
    return Track.remember(others, policy, Motions.MOST_RATIFIED);
  }
}
