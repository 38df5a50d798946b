package io.grace.core.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.fixture.Samples;
import io.grace.core.fixture.Shop;
import io.grace.core.loop.Commands.Outcome;
import io.grace.core.loop.Commands.Outcome.Why;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.RunId;
import io.grace.core.state.Snapshot;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandsTest {
  private static final Shop SHOP = Shop.OPEN.with(Mode.APPROVE);
  private static final Snapshot SICK = SHOP.sick(Shop.ORDERS);
  private static final Snapshot ASKED =
      SICK.after(List.of(SHOP.proposed(Shop.RUN, Shop.ORDERS, Shop.NOW)));
  private static final Hash PLAN = SHOP.proposal(Shop.ORDERS).hash();

  @Test
  void approvalNamesThePersonAndThePlan() {
    var approved = (RunApproved) accepted(ASKED, approve("ann", PLAN));

    assertEquals("ann", approved.by());
    assertEquals(PLAN, approved.hash());
  }

  @Test
  void whoeverAskedCannotApprove() {
    RunProposed byAnn = (RunProposed) accepted(SICK, propose("scale", "ann"));
    Snapshot asked = SICK.after(List.of(byAnn));

    assertEquals(Why.FORBIDDEN, refused(asked, approve("ann", byAnn.proposal().hash())));
    accepted(asked, approve("bob", byAnn.proposal().hash()));
  }

  @Test
  void approvalOfAnotherPlanIsRefused() {
    assertEquals(Why.CONFLICT, refused(ASKED, approve("ann", Hash.sha256("another"))));
  }

  @Test
  void nothingIsApprovedInObserveMode() {
    assertEquals(Why.CONFLICT, refused(Shop.OPEN.with(Mode.OBSERVE), ASKED, approve("ann", PLAN)));
  }

  @Test
  void unknownRunIsNamed() {
    var command = new Command.Reject(new RunId("r-9"), "ann", "no");

    assertEquals(Why.UNKNOWN, refused(ASKED, command));
  }

  @Test
  void onlyAQuestionCanBeAnswered() {
    assertEquals(
        Why.CONFLICT, refused(ASKED, new Command.Answer(Shop.RUN, Finding.PASSED, "ann", "")));
  }

  @Test
  void pausingTwiceIsRecordedOnce() {
    Snapshot paused = SICK.after(List.of(new Paused("ann", "", Shop.NOW)));

    assertEquals(
        new Outcome.Accepted(Optional.empty()),
        decide(SHOP, paused, new Command.Pause("bob", "me too")));
    assertEquals(
        new Outcome.Accepted(Optional.empty()),
        decide(SHOP, SICK, new Command.Resume("bob", "go")));
  }

  @Test
  void incidentThatIsNotOpenCannotBeAcknowledged() {
    var command = new Command.Acknowledge(new IncidentId("i-9"), "ann", "");

    assertEquals(Why.UNKNOWN, refused(SICK, command));
  }

  @Test
  void incidentThatIsNotKnownCannotBeNoted() {
    var command = new Command.Note(new IncidentId("i-9"), "ann", "looks like the disk");

    assertEquals(Why.UNKNOWN, refused(SICK, command));
  }

  @Test
  void unknownPlaybookIsRefused() {
    assertEquals(Why.UNKNOWN, refused(SICK, propose("dance", "ann")));
  }

  @Test
  void gateJudgesWhatAPersonAsksFor() {
    Snapshot paused = SICK.after(List.of(new Paused("bob", "drill", Shop.NOW)));

    var refused =
        assertInstanceOf(Outcome.Refused.class, decide(SHOP, paused, propose("scale", "ann")));
    assertTrue(refused.reason().startsWith("kill_switch: paused by bob"), refused.reason());
  }

  @Test
  void proposalNamesWhoAskedForIt() {
    assertEquals("ann", accepted(SICK, propose("scale", "ann")).actor());
  }

  private static Command approve(String by, Hash hash) {
    return new Command.Approve(Shop.RUN, hash, ApprovalScope.PLAN, by, "fine");
  }

  private static Command propose(String playbook, String by) {
    return new Command.Propose(Shop.INCIDENT, new PlaybookId(playbook), by, "try");
  }

  private static Outcome decide(Shop shop, Snapshot snapshot, Command command) {
    var samples = new Samples().add(Shop.ORDERS, Shop.LATENCY, Shop.NOW, 1500);
    return Commands.decide(command, snapshot, shop.policy(), samples, Shop.NOW);
  }

  private static Event accepted(Snapshot snapshot, Command command) {
    return assertInstanceOf(Outcome.Accepted.class, decide(SHOP, snapshot, command))
        .event()
        .orElseThrow();
  }

  private static Why refused(Snapshot snapshot, Command command) {
    return refused(SHOP, snapshot, command);
  }

  private static Why refused(Shop shop, Snapshot snapshot, Command command) {
    return assertInstanceOf(Outcome.Refused.class, decide(shop, snapshot, command)).why();
  }
}
