package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.event.PolicyMotion.MotionVoted;
import io.grace.core.event.PolicyMotion.ParliamentSeated;
import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.loop.Commands.Outcome;
import io.grace.core.loop.Commands.Outcome.Why;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Decision;
import io.grace.core.policy.Policy;
import io.grace.core.state.Motions;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Motions from being made to their end, by commands and by the stage.
class MovingTest {
  private static final Instant NOW = Shop.NOW;
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Parliament BINDING =
      new Parliament(List.of("ann", "bob", "cy"), 2, 0.5, WEEK, true);
  private static final Policy FIRST = Shop.OPEN.policy().with(BINDING);
  private static final Hash WANTED = Hash.sha256("wanted");
  private static final MotionId MOTION = new MotionId("m-000001");
  private static final Samples HEARD = new Samples();

  private static final Snapshot SEATED = decided(FIRST, Snapshot.EMPTY, NOW);
  private static final Snapshot MOVED = after(SEATED, new Command.Move(WANTED, "ann", "better"));

  @Test
  void firstPolicyThatBindsCountsAsRatified() {
    assertTrue(SEATED.motions().isRatified(FIRST.hash()));
    assertFalse(SEATED.motions().forbids(FIRST.hash()));
    assertTrue(SEATED.motions().forbids(WANTED));
    assertTrue(decide(FIRST, SEATED, NOW).isEmpty(), "seated once");
  }

  @Test
  void motionThatAQuorumVotesForIsCarriedAndItsPolicyRatified() {
    Snapshot one = after(MOVED, vote("ann", Ballot.FOR));
    assertEquals(List.of(), decide(FIRST, one, NOW));

    Snapshot two = decided(FIRST, after(one, vote("bob", Ballot.FOR)), NOW);

    assertFalse(two.motions().forbids(WANTED));
    assertEquals(
        Why.CONFLICT, refused(two, new Command.Move(WANTED, "bob", "again")), "ratified already");
    assertTrue(two.motions().open().isEmpty());
  }

  @Test
  void motionThatAQuorumVotesAgainstIsLostAndMayBeMadeAgain() {
    Snapshot lost =
        decided(
            FIRST,
            after(after(MOVED, vote("ann", Ballot.AGAINST)), vote("bob", Ballot.AGAINST)),
            NOW);

    assertEquals(Decision.LOST, lost.motions().ended().getLast().decision().orElseThrow());
    assertTrue(lost.motions().forbids(WANTED));
    after(lost, new Command.Move(WANTED, "ann", "please"));
  }

  @Test
  void motionWithoutAQuorumLapsesWhenItsTimeIsOver() {
    Snapshot one = after(MOVED, vote("ann", Ballot.FOR));

    assertEquals(List.of(), decide(FIRST, one, NOW.plus(WEEK).minusMillis(1)));
    Snapshot over = decided(FIRST, one, NOW.plus(WEEK));
    assertEquals(Decision.LAPSED, over.motions().ended().getLast().decision().orElseThrow());
    assertTrue(over.motions().forbids(WANTED));
  }

  @Test
  void nobodyVotesTwiceOrAfterwardsOrWithoutASeat() {
    Snapshot one = after(MOVED, vote("ann", Ballot.FOR));

    assertEquals(Why.CONFLICT, refused(one, vote("ann", Ballot.AGAINST)));
    assertEquals(Why.FORBIDDEN, refused(one, vote("mallory", Ballot.FOR)));
    assertEquals(Why.FORBIDDEN, refused(one, vote("oidc:bob", Ballot.FOR)), "another name");
    assertEquals(
        Why.UNKNOWN,
        refused(one, new Command.Vote(new MotionId("m-9"), Ballot.FOR, "bob", "fine")));
    Snapshot carried = decided(FIRST, after(one, vote("bob", Ballot.FOR)), NOW);
    assertEquals(Why.CONFLICT, refused(carried, vote("cy", Ballot.AGAINST)));
    assertEquals(
        Why.CONFLICT,
        refused(Commands.decide(vote("bob", Ballot.FOR), one, FIRST, HEARD, NOW.plus(WEEK))));
  }

  @Test
  void onlyMembersMoveEachPolicyOnceAndNotWithoutEnd() {
    assertEquals(Why.FORBIDDEN, refused(SEATED, new Command.Move(WANTED, "mallory", "mine")));
    assertEquals(
        Why.CONFLICT, refused(Snapshot.EMPTY, new Command.Move(WANTED, "ann", "no parliament")));
    assertEquals(Why.CONFLICT, refused(MOVED, new Command.Move(WANTED, "bob", "me too")));
    Snapshot many = MOVED;
    for (int i = 1; i < Motions.MOST_OPEN_BY_ONE; i++) {
      many = after(many, new Command.Move(Hash.sha256("p" + i), "ann", "more"));
    }
    assertEquals(Why.CONFLICT, refused(many, new Command.Move(Hash.sha256("p"), "ann", "more")));
    after(many, new Command.Move(Hash.sha256("p"), "bob", "mine"));
  }

  @Test
  void onlyWhoMadeAMotionWithdrawsIt() {
    assertEquals(Why.FORBIDDEN, refused(MOVED, new Command.Withdraw(MOTION, "bob", "no")));
    Snapshot withdrawn = after(MOVED, new Command.Withdraw(MOTION, "ann", "found a mistake"));
    assertTrue(withdrawn.motions().ended().getLast().decision().isEmpty());
    assertEquals(Why.CONFLICT, refused(withdrawn, new Command.Withdraw(MOTION, "ann", "twice")));
  }

  @Test
  void motionLapsesEarlyOnlyIfNobodyVotesOnItAndItLacksItsQuorum() {
    var lapse = new Command.Lapse(MOTION, DAY, "grace.parliament", "nobody votes");
    var three = FIRST.with(new Parliament(BINDING.members(), 2, 0.9, WEEK, true));
    Snapshot split = decided(three, Snapshot.EMPTY, NOW);
    split = after(split, new Command.Move(WANTED, "ann", "better"));
    split = after(after(split, vote("ann", Ballot.FOR)), vote("bob", Ballot.FOR));

    assertEquals(Why.CONFLICT, refused(MOVED, lapse), "it is new");
    assertEquals(Why.CONFLICT, refused(decideAt(split, lapse, DAY)), "it has a quorum");
    var accepted = assertInstanceOf(Outcome.Accepted.class, decideAt(MOVED, lapse, DAY));
    var event = (MotionDecided) accepted.event().orElseThrow();
    assertEquals(Decision.LAPSED, event.decision());
    assertEquals("grace.parliament", event.actor());
  }

  @Test
  void policyThatWasNotCarriedCannotSeatAParliamentOfItsOwn() {
    var coup =
        Shop.OPEN
            .with(WANTED)
            .policy()
            .with(new Parliament(List.of("mallory"), 1, 0.5, WEEK, true));
    var none = Shop.OPEN.with(WANTED).policy();

    for (Policy policy : List.of(coup, none)) {
      Snapshot after = decided(policy, SEATED, NOW);
      assertEquals(BINDING, after.motions().rules());
      assertTrue(after.motions().forbids(WANTED));
    }
  }

  @Test
  void policyThatWasCarriedBringsItsParliament() {
    Snapshot carried =
        decided(FIRST, after(after(MOVED, vote("ann", Ballot.FOR)), vote("bob", Ballot.FOR)), NOW);
    var larger = new Parliament(List.of("ann", "bob", "cy", "dee"), 3, 0.5, WEEK, true);

    Snapshot after = decided(Shop.OPEN.with(WANTED).policy().with(larger), carried, NOW);
    assertEquals(larger, after.motions().rules());
    assertFalse(after.motions().forbids(FIRST.hash()), "one may go back");
    Snapshot abolished = decided(Shop.OPEN.with(WANTED).policy(), carried, NOW);
    assertTrue(abolished.motions().seat().isEmpty());
    assertFalse(abolished.motions().forbids(Hash.sha256("anything")));
  }

  @Test
  void parliamentThatDoesNotBindFollowsTheFile() {
    var advisory = new Parliament(List.of("ann"), 1, 0.5, WEEK, false);
    Snapshot seated = decided(FIRST.with(advisory), Snapshot.EMPTY, NOW);
    assertFalse(seated.motions().forbids(WANTED));

    Snapshot after = decided(Shop.OPEN.with(WANTED).policy().with(BINDING), seated, NOW);

    assertEquals(BINDING, after.motions().rules());
    assertFalse(after.motions().forbids(WANTED));
    assertTrue(after.motions().forbids(FIRST.hash()), "ran before anybody was bound");
  }

  @Test
  void votesOfPeopleWhoAreMembersNoMoreDoNotCount() {
    var advisory = new Parliament(List.of("ann", "bob", "cy"), 2, 0.5, WEEK, false);
    Snapshot moved =
        after(
            decided(FIRST.with(advisory), Snapshot.EMPTY, NOW),
            new Command.Move(WANTED, "ann", "better"));
    Snapshot voted = after(moved, vote("ann", Ballot.FOR));
    var without = FIRST.with(new Parliament(List.of("bob", "cy"), 1, 0.5, WEEK, false));

    Motions motions = decided(without, voted, NOW).motions();

    assertEquals(0, motions.about(WANTED).orElseThrow().count(motions.rules()).cast());
  }

  @Test
  void whatIsKeptIsBounded() {
    Snapshot many = SEATED;
    for (int i = 0; i < Motions.MOST_ENDED + 5; i++) {
      many = after(many, new Command.Move(Hash.sha256("p" + i), "ann", "more"));
      var id = many.motions().open().keySet().iterator().next();
      for (String member : List.of("ann", "bob")) {
        many = after(many, new Command.Vote(id, Ballot.FOR, member, "yes"));
      }
      many = decided(FIRST, many, NOW);
    }

    assertEquals(Motions.MOST_ENDED, many.motions().ended().size());
    assertEquals(Motions.MOST_RATIFIED, many.motions().ratified().size());
    assertFalse(many.motions().forbids(FIRST.hash()), "whoever sits is ratified");
    assertTrue(many.motions().forbids(Hash.sha256("p0")), "too long ago");
  }

  @Test
  void eventsNameWhoCausedThem() {
    var made = MOVED.motions().about(WANTED).orElseThrow();

    assertEquals("ann", made.by());
    assertEquals(NOW.plus(WEEK), made.expires());
    var accepted =
        assertInstanceOf(
            Outcome.Accepted.class,
            Commands.decide(vote("bob", Ballot.FOR), MOVED, FIRST, HEARD, NOW));
    assertEquals(
        new MotionVoted(MOTION, "bob", Ballot.FOR, "looked", NOW), accepted.event().orElseThrow());
    assertEquals("parliament", new ParliamentSeated(WANTED, BINDING, NOW).subject());
    assertEquals("ann", new MotionMade(MOTION, WANTED, "ann", "", NOW.plus(WEEK), NOW).actor());
  }

  private static Command vote(String by, Ballot ballot) {
    return new Command.Vote(MOTION, ballot, by, "looked");
  }

  private static Outcome decideAt(Snapshot snapshot, Command command, Duration later) {
    return Commands.decide(command, snapshot, FIRST, HEARD, NOW.plus(later));
  }

  private static Why refused(Snapshot snapshot, Command command) {
    return refused(decideAt(snapshot, command, Duration.ZERO));
  }

  private static Why refused(Outcome outcome) {
    return assertInstanceOf(Outcome.Refused.class, outcome, outcome.toString()).why();
  }

  private static Snapshot after(Snapshot snapshot, Command command) {
    var outcome = decideAt(snapshot, command, Duration.ZERO);
    var accepted = assertInstanceOf(Outcome.Accepted.class, outcome, outcome.toString());
    return snapshot.after(List.of(accepted.event().orElseThrow()));
  }

  private static List<? extends Event> decide(Policy policy, Snapshot snapshot, Instant now) {
    return new ParliamentStage(policy).decide(snapshot, now);
  }

  /// Until nothing more follows.
  private static Snapshot decided(Policy policy, Snapshot snapshot, Instant now) {
    Snapshot after = snapshot;
    for (int pass = 0; pass < 3; pass++) {
      after = after.after(decide(policy, after, now));
    }
    assertEquals(List.of(), decide(policy, after, now), "it comes to rest");
    return after;
  }
}
