package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.before;
import static io.grace.core.govern.Situation.everywhere;
import static io.grace.core.govern.Situation.forward;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.Paused;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.Mode;
import io.grace.core.model.Receipt.Ruling;
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
}
