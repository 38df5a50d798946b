package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.before;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Sighting.SloMeasured;
import io.grace.core.event.Sighting.StormBegan;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Health;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading;
import io.grace.core.model.SloReading.Alarm;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is heard from outside bounds what GRACE may do by itself.
class GateSensingTest {
  @Test
  void nothingIsProposedInAStormAndWhatWasProposedWaits() {
    Situation storm = CALM.after(new StormBegan(60, 60, "", NOW));

    assertEquals(Ruling.DENIED, storm.ruling("storm", Moment.PROPOSAL));
    assertEquals(Ruling.DEFERRED, storm.ruling("storm", Moment.FIRST_STEP));
  }

  @Test
  void calmIsNoObstacle() {
    ruling(CALM, "storm", before(Ruling.PASSED));
    ruling(CALM, "too_many_broken", before(Ruling.PASSED));
  }

  @Test
  void spentErrorBudgetAsksPeople() {
    assertEquals(Ruling.ASKS, CALM.after(slo(Shop.ORDERS, 0)).ruling("approval", Moment.PROPOSAL));
    assertEquals(
        Ruling.PASSED, CALM.after(slo(Shop.ORDERS, 0.5)).ruling("approval", Moment.PROPOSAL));
  }

  @Test
  void lowErrorBudgetTightensTheGuardrail() {
    Situation unsure =
        CALM.after(new HealthChanged(Shop.ORDERS, Health.Status.CRITICAL, Shop.slow(0.9), NOW));

    assertEquals(
        Ruling.PASSED, unsure.after(slo(Shop.ORDERS, 0.5)).ruling("approval", Moment.PROPOSAL));
    assertEquals(
        Ruling.ASKS, unsure.after(slo(Shop.ORDERS, 0.2)).ruling("approval", Moment.PROPOSAL));
  }

  @Test
  void budgetOfAServiceThatCannotBeHurtDoesNotCount() {
    assertEquals(
        Ruling.PASSED,
        CALM.after(slo(new ServiceId("elsewhere"), 0)).ruling("approval", Moment.PROPOSAL));
  }

  private static SloMeasured slo(ServiceId service, double left) {
    return new SloMeasured(
        new SloReading(new SloId("checkout"), service, 0.999, left, List.of(), Alarm.NONE, "", NOW),
        NOW);
  }
}
