package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.ParliamentSeated;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.policy.Policy;
import io.grace.core.state.Motion;
import io.grace.core.state.Motions;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Says who sits in parliament, and decides motions by votes, quorum and time.
///
/// Rules that bind give way only to those of a policy that they carried: a file that lists other
/// members, or none, changes nothing until the present ones agree.
final class ParliamentStage {
  private final Policy policy;

  ParliamentStage(Policy policy) {
    this.policy = policy;
  }

  List<? extends Event> decide(Snapshot snapshot, Instant now) {
    Motions motions = snapshot.motions();
    boolean isFree = !motions.forbids(policy.hash());
    if (isFree && !motions.rules().equals(policy.parliament()) && isNews(motions)) {
      return List.of(new ParliamentSeated(policy.hash(), policy.parliament(), now));
    }
    Parliament rules = motions.rules();
    return motions.open().values().stream()
        .sorted(Comparator.comparing(Motion::id))
        .flatMap(motion -> decide(motion, rules, now).stream())
        .toList();
  }

  /// Settings of a parliament without members are no news.
  private boolean isNews(Motions motions) {
    return motions.seat().isPresent() || policy.parliament().isOn();
  }

  private static Optional<MotionDecided> decide(Motion motion, Parliament rules, Instant now) {
    Count count = motion.count(rules);
    if (!rules.isOn()) {
      return Optional.of(
          decided(motion, Decision.LAPSED, count, "there is no parliament any more", now));
    }
    Optional<Decision> settled = rules.settled(count);
    if (settled.isPresent()) {
      return Optional.of(decided(motion, settled.get(), count, rules.said(count), now));
    }
    return now.isBefore(motion.expires())
        ? Optional.empty()
        : Optional.of(
            decided(
                motion, rules.closed(count), count, "its time is over; " + rules.said(count), now));
  }

  private static MotionDecided decided(
      Motion motion, Decision decision, Count count, String why, Instant now) {
    return new MotionDecided(motion.id(), decision, count, Event.GRACE, why, now);
  }
}
