package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.forward;
import static io.grace.core.govern.Situation.frozen;
import static io.grace.core.govern.Situation.nightShop;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.Impact;
import io.grace.core.model.MetaCycle;
import io.grace.core.model.Mode;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.state.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// When people must agree, and whether enough of them did.
class GateConsentTest {
  @Test
  void freezeDefersEveryForwardStepAndNoUndo() {
    ruling(CALM.in(Shop.OPEN.with(frozen())), "change_window", forward(Ruling.DEFERRED));
    assertInstanceOf(Verdict.Allowed.class, CALM.in(Shop.OPEN.with(frozen())).at(Moment.UNDO));
  }

  @Test
  void freezeCannotBeOverridden() {
    Situation frozen = CALM.in(Shop.OPEN.with(frozen())).approvedBy(ApprovalScope.OVERRIDE, "ann");

    assertEquals(Ruling.DEFERRED, frozen.ruling("change_window", Moment.FIRST_STEP));
  }

  @Test
  void closedWindowDefersUntilItOpens() {
    Situation closed = CALM.in(nightShop(Impact.MEDIUM));

    ruling(closed, "change_window", forward(Ruling.DEFERRED));
    var verdict = assertInstanceOf(Verdict.Deferred.class, closed.at(Moment.FIRST_STEP));
    assertEquals(Optional.of(Instant.parse("2026-11-24T02:00:00Z")), verdict.until());
  }

  @Test
  void lowImpactNeedsNoWindow() {
    ruling(CALM.in(nightShop(Impact.LOW)), "change_window", forward(Ruling.PASSED));
  }

  @Test
  void overrideOpensAClosedWindow() {
    Situation overridden =
        CALM.in(nightShop(Impact.MEDIUM)).approvedBy(ApprovalScope.OVERRIDE, "ann");

    ruling(overridden, "change_window", forward(Ruling.PASSED));
    assertEquals(
        Ruling.DEFERRED,
        CALM.in(nightShop(Impact.MEDIUM))
            .approvedBy(ApprovalScope.PLAN, "ann")
            .ruling("change_window", Moment.FIRST_STEP));
  }

  @Test
  void approveModeAsksBeforeTheFirstStep() {
    ruling(
        CALM.in(Shop.OPEN.with(Mode.APPROVE)),
        "approval",
        Map.of(
            Moment.PROPOSAL, Ruling.ASKS,
            Moment.FIRST_STEP, Ruling.ASKS,
            Moment.LATER_STEP, Ruling.PASSED));
  }

  @Test
  void approvalLetsIn() {
    Situation asked = CALM.in(Shop.OPEN.with(Mode.APPROVE));

    assertInstanceOf(
        Verdict.Allowed.class, asked.approvedBy(ApprovalScope.PLAN, "ann").at(Moment.FIRST_STEP));
  }

  @Test
  void approvalOfAnotherPlanDoesNotCount() {
    Situation asked = CALM.in(Shop.OPEN.with(Mode.APPROVE));

    assertEquals(
        Ruling.ASKS,
        asked
            .approved(new Approval("ann", Hash.sha256("other"), ApprovalScope.PLAN, NOW))
            .ruling("approval", Moment.FIRST_STEP));
  }

  @Test
  void approvalByTheRequesterDoesNotCount() {
    assertEquals(
        Ruling.ASKS,
        CALM.in(Shop.OPEN.with(Mode.APPROVE))
            .approvedBy(ApprovalScope.PLAN, Event.GRACE)
            .ruling("approval", Moment.FIRST_STEP));
  }

  @Test
  void approvalByTheRequesterThroughAnotherDoorDoesNotCount() {
    assertEquals(
        Ruling.ASKS,
        CALM.in(Shop.OPEN.with(Mode.APPROVE))
            .approvedBy(ApprovalScope.PLAN, "oidc:" + Event.GRACE)
            .ruling("approval", Moment.FIRST_STEP));
  }

  @Test
  void approvalExpires() {
    Situation asked = CALM.in(Shop.OPEN.with(Mode.APPROVE));
    Instant old = NOW.minus(asked.shop().limits().approvalTimeout());

    assertEquals(
        Ruling.ASKS,
        asked
            .approved(new Approval("ann", asked.proposal().hash(), ApprovalScope.PLAN, old))
            .ruling("approval", Moment.FIRST_STEP));
  }

  @Test
  void highImpactNeedsTwoPeople() {
    Situation high =
        CALM.in(
            Shop.OPEN
                .with(Mode.APPROVE)
                .with(Shop.playbook("scale", Impact.HIGH, Shop.undoable())));

    assertEquals(
        Ruling.ASKS,
        high.approvedBy(ApprovalScope.PLAN, "ann").ruling("approval", Moment.FIRST_STEP));
    assertEquals(
        Ruling.PASSED,
        high.approvedBy(ApprovalScope.PLAN, "ann", "bob").ruling("approval", Moment.FIRST_STEP));
  }

  @Test
  void irreversibleAsksEvenWhereAutonomous() {
    Situation forGood =
        CALM.in(Shop.OPEN.with(Shop.playbook("scale", Impact.LOW, new Undo.Irreversible())));

    assertEquals(Ruling.ASKS, forGood.ruling("approval", Moment.FIRST_STEP));
    assertTrue(forGood.why("reversible", Moment.PROPOSAL).contains("cannot be undone"));
  }

  @Test
  void tooLittleConfidenceAsks() {
    Situation unsure = CALM.after(sick(0.79));

    assertEquals(Ruling.ASKS, unsure.ruling("approval", Moment.FIRST_STEP));
  }

  /// The first bad samples make a proposal; those that follow make it sure.
  @Test
  void confidenceThatCameAfterTheDiagnosisCounts() {
    Situation surer = CALM.after(sick(0.79), sick(0.95));

    assertEquals(Ruling.PASSED, surer.ruling("approval", Moment.FIRST_STEP));
  }

  private static HealthChanged sick(double confidence) {
    return new HealthChanged(Shop.ORDERS, Health.Status.CRITICAL, Shop.slow(confidence), Shop.NOW);
  }

  @Test
  void impactAboveTheGuardrailAsks() {
    Situation high = CALM.in(Shop.OPEN.with(Shop.playbook("scale", Impact.HIGH, Shop.undoable())));

    assertEquals(Ruling.ASKS, high.ruling("approval", Moment.FIRST_STEP));
    assertTrue(high.why("guardrail", Moment.PROPOSAL).contains("impact high is above medium"));
  }

  @Test
  void tightGuardrailAsksForMore() {
    var tight =
        new MetaCycle(
            1,
            MetaCycle.Focus.TRUST_VIOLATIONS,
            MetaCycle.Guardrail.TIGHT,
            0,
            List.of(),
            List.of(),
            0,
            List.of(),
            List.of());
    Situation medium =
        CALM.in(Shop.OPEN.with(Shop.playbook("scale", Impact.MEDIUM, Shop.undoable())));

    assertEquals(Ruling.PASSED, medium.ruling("approval", Moment.FIRST_STEP));
    assertEquals(
        Ruling.ASKS,
        medium.after(new MetaCycled(tight, NOW)).ruling("approval", Moment.FIRST_STEP));
  }
}
