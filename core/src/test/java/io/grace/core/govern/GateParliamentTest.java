package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.forward;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.grace.core.event.Event;
import io.grace.core.event.PolicyMotion.Ballot;
import io.grace.core.event.PolicyMotion.MotionDecided;
import io.grace.core.event.PolicyMotion.MotionMade;
import io.grace.core.event.PolicyMotion.MotionVoted;
import io.grace.core.event.PolicyMotion.ParliamentSeated;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Hash;
import io.grace.core.model.MotionId;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.policy.Parliament;
import io.grace.core.policy.Parliament.Count;
import io.grace.core.policy.Parliament.Decision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a parliament binds, nothing is done under a policy that it did not carry.
class GateParliamentTest {
  private static final Hash OURS = CALM.shop().hash();
  private static final Hash EARLIER = Hash.sha256("earlier");
  private static final MotionId MOTION = new MotionId("m-000001");
  private static final Event MADE =
      new MotionMade(MOTION, OURS, "ann", "better", NOW.plusSeconds(600), NOW);
  private static final Event VOTED = new MotionVoted(MOTION, "ann", Ballot.FOR, "", NOW);

  @Test
  void policyThatWasNotCarriedIsDeniedAtEveryForwardStepAndNoUndo() {
    Situation other = CALM.after(seated(EARLIER, true));

    ruling(other, "ratified", forward(Ruling.DENIED));
    assertInstanceOf(Verdict.Denied.class, other.at(Moment.FIRST_STEP));
    assertInstanceOf(Verdict.Allowed.class, other.at(Moment.UNDO));
    assertEquals(
        "policy " + OURS.brief() + " was not carried by parliament; a member has to move it",
        other.why("ratified", Moment.PROPOSAL));
  }

  @Test
  void denialTellsOfTheMotionThatIsOpen() {
    assertEquals(
        "policy "
            + OURS.brief()
            + " was not carried by parliament; m-000001 is open about it: 1 for, 0 against; a"
            + " quorum is 2 of 3",
        CALM.after(seated(EARLIER, true), MADE, VOTED).why("ratified", Moment.PROPOSAL));
  }

  @Test
  void policyThatWasCarriedIsAllowed() {
    Situation carried = CALM.after(seated(EARLIER, true), MADE, VOTED, decided(Decision.CARRIED));

    ruling(carried, "ratified", forward(Ruling.PASSED));
  }

  @Test
  void policyThatLostOrLapsedIsDenied() {
    for (Decision decision : List.of(Decision.LOST, Decision.LAPSED)) {
      ruling(
          CALM.after(seated(EARLIER, true), MADE, decided(decision)),
          "ratified",
          forward(Ruling.DENIED));
    }
  }

  @Test
  void policyThatBeganAParliamentWhichBindsIsAllowed() {
    ruling(CALM.after(seated(OURS, true)), "ratified", forward(Ruling.PASSED));
  }

  @Test
  void withoutAParliamentThatBindsEveryPolicyIsAllowed() {
    ruling(CALM, "ratified", forward(Ruling.PASSED));
    ruling(CALM.after(seated(EARLIER, false)), "ratified", forward(Ruling.PASSED));
  }

  @Test
  void noOtherPlaybookGetsPastIt() {
    assertFalse(Gate.isAboutPlaybook("ratified"));
  }

  private static Event seated(Hash policy, boolean binds) {
    return new ParliamentSeated(
        policy,
        new Parliament(List.of("ann", "bob", "cy"), 2, 0.5, Duration.ofDays(7), binds),
        NOW);
  }

  private static Event decided(Decision decision) {
    return new MotionDecided(MOTION, decision, new Count(2, 0), Event.GRACE, "", NOW);
  }
}
