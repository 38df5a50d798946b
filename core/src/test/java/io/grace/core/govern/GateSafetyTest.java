package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.before;
import static io.grace.core.govern.Situation.everywhere;
import static io.grace.core.govern.Situation.forward;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Sighting.ChangeSeen;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Change;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.Mode;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.state.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whether GRACE may touch anything at all, and exactly this.
class GateSafetyTest {
  @Test
  void killSwitchDeniesProposalsAndDefersTheRest() {
    Situation paused = CALM.after(new Paused("ann", "fire drill", NOW));

    ruling(
        paused,
        "kill_switch",
        Map.of(
            Moment.PROPOSAL, Ruling.DENIED,
            Moment.FIRST_STEP, Ruling.DEFERRED,
            Moment.LATER_STEP, Ruling.DEFERRED,
            Moment.UNDO, Ruling.DEFERRED));
  }

  @Test
  void observeRecordsProposalsAndRunsNothing() {
    ruling(
        CALM.in(Shop.OPEN.with(Mode.OBSERVE)),
        "mode",
        Map.of(
            Moment.PROPOSAL, Ruling.PASSED,
            Moment.FIRST_STEP, Ruling.DENIED,
            Moment.LATER_STEP, Ruling.DENIED,
            Moment.UNDO, Ruling.DEFERRED));
  }

  @Test
  void globalModeIsACeiling() {
    var observed = CALM.in(Shop.OPEN.withCeiling(Mode.OBSERVE));

    assertEquals(Ruling.DENIED, observed.ruling("mode", Moment.FIRST_STEP));
    assertEquals(Mode.OBSERVE, Mode.AUTONOMOUS.atMost(Mode.OBSERVE));
    assertEquals(Mode.OBSERVE, Mode.OBSERVE.atMost(Mode.AUTONOMOUS));
  }

  @Test
  void unknownActionIsDeniedAtEveryMoment() {
    ruling(
        CALM.in(Shop.OPEN.withActions("unscale")), "admitted_actions", everywhere(Ruling.DENIED));
  }

  @Test
  void unknownUndoIsDeniedAtEveryMoment() {
    ruling(CALM.in(Shop.OPEN.withActions("scale")), "admitted_actions", everywhere(Ruling.DENIED));
  }

  @Test
  void changedPolicyDeniesWhatWasProposedBefore() {
    Situation changed =
        new Situation(CALM.shop(), Shop.OPEN.with(Hash.sha256("before")).proposal(Shop.ORDERS));

    ruling(changed, "policy_current", forward(Ruling.DENIED));
  }

  @Test
  void silentTelemetryDeniesProposalsAndDefersSteps() {
    ruling(
        CALM.heard(Optional.of(NOW.minusSeconds(61))),
        "telemetry_fresh",
        Map.of(
            Moment.PROPOSAL, Ruling.DENIED,
            Moment.FIRST_STEP, Ruling.DEFERRED,
            Moment.LATER_STEP, Ruling.DEFERRED));
  }

  @Test
  void missingTelemetryIsNotHealth() {
    assertEquals(
        Ruling.DENIED, CALM.heard(Optional.empty()).ruling("telemetry_fresh", Moment.PROPOSAL));
  }

  @Test
  void telemetryAsOldAsTheLimitIsFresh() {
    assertEquals(
        Ruling.PASSED,
        CALM.heard(Optional.of(NOW.minusSeconds(60))).ruling("telemetry_fresh", Moment.PROPOSAL));
  }

  @Test
  void recoveredServiceNeedsNoFirstStepButMayFinish() {
    var healthy = new Health(Health.Status.HEALTHY, 1, List.of());
    Situation recovered =
        CALM.after(new HealthChanged(Shop.ORDERS, Health.Status.DEGRADED, healthy, NOW));

    ruling(recovered, "still_needed", before(Ruling.DENIED));
  }

  @Test
  void unmetPreconditionDenies() {
    ruling(CALM.unmet("up >= 1: no data"), "preconditions", before(Ruling.DENIED));
  }

  @Test
  void whoeverTouchedASickServiceIsAtWorkOnIt() {
    Situation touched = CALM.after(changed("ann", NOW.plusSeconds(1))).at(NOW.plusSeconds(60));

    ruling(touched, "ownership", forward(Ruling.DEFERRED));
    var verdict = assertInstanceOf(Verdict.Deferred.class, touched.at(Moment.FIRST_STEP));
    assertEquals(Optional.of(NOW.plusSeconds(601)), verdict.until());
  }

  @Test
  void whatWasChangedBeforeTheSicknessIsASuspectAndNoOwner() {
    Situation before = CALM.after(changed("ann", NOW.minusSeconds(1))).at(NOW.plusSeconds(60));

    ruling(before, "ownership", forward(Ruling.PASSED));
  }

  @Test
  void whatGraceChangedItselfKeepsNobodyAway() {
    Situation own = CALM.after(changed("grace", NOW.plusSeconds(1))).at(NOW.plusSeconds(60));

    ruling(own, "ownership", forward(Ruling.PASSED));
  }

  @Test
  void whoAgreesAfterTheChangeKnowsOfIt() {
    Situation touched = CALM.after(changed("ann", NOW.plusSeconds(1))).at(NOW.plusSeconds(60));
    var late =
        new Approval("bob", touched.proposal().hash(), ApprovalScope.PLAN, NOW.plusSeconds(30));
    var early = new Approval("bob", touched.proposal().hash(), ApprovalScope.PLAN, NOW);

    assertEquals(Ruling.PASSED, touched.approved(late).ruling("ownership", Moment.FIRST_STEP));
    assertEquals(Ruling.DEFERRED, touched.approved(early).ruling("ownership", Moment.FIRST_STEP));
  }

  private static ChangeSeen changed(String by, Instant at) {
    var change = new Change("c1", Shop.ORDERS, Change.Kind.DEPLOY, "v2", by, "", List.of(), at);
    return new ChangeSeen(change, at);
  }
}
