package io.grace.core.govern;

import static io.grace.core.govern.Situation.CALM;
import static io.grace.core.govern.Situation.NOW;
import static io.grace.core.govern.Situation.before;
import static io.grace.core.govern.Situation.failedRun;
import static io.grace.core.govern.Situation.forward;
import static io.grace.core.govern.Situation.proposals;
import static io.grace.core.govern.Situation.ruling;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.fixture.Shop;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.model.Receipt.Ruling;
import io.grace.core.model.RunId;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much, how often and how far.
class GateBudgetTest {
  @Test
  void sameRunTwiceIsDenied() {
    Situation other = CALM.after(CALM.shop().proposed(new RunId("r-000009"), Shop.ORDERS, NOW));

    ruling(other, "duplicate", before(Ruling.DENIED));
    ruling(other, "one_run_per_service", before(Ruling.DENIED));
  }

  @Test
  void runOnAnotherServiceIsNoDuplicate() {
    Situation other = CALM.after(CALM.shop().proposed(new RunId("r-000009"), Shop.PAYMENTS, NOW));

    ruling(other, "one_run_per_service", before(Ruling.PASSED));
  }

  @Test
  void proposalsOfTheLastHourAreCounted() {
    assertEquals(
        Ruling.DENIED, proposals(NOW.minusSeconds(3599)).ruling("proposal_rate", Moment.PROPOSAL));
    assertEquals(
        Ruling.PASSED, proposals(NOW.minusSeconds(3600)).ruling("proposal_rate", Moment.PROPOSAL));
  }

  @Test
  void failureIsFollowedByBackoff() {
    Situation failed = CALM.after(failedRun("r-000009", NOW.minusSeconds(60)));

    assertEquals(Ruling.DENIED, failed.ruling("backoff", Moment.PROPOSAL));
    assertEquals(
        Ruling.PASSED,
        CALM.after(failedRun("r-000009", NOW.minusSeconds(361)))
            .ruling("backoff", Moment.PROPOSAL));
  }

  @Test
  void attemptsAreCappedWhetherTheyHelpedOrNot() {
    Situation twice =
        CALM.in(Shop.OPEN.with(Shop.limits(9, 5, 50, 2)))
            .after(failedRun("r-000008", NOW.minusSeconds(7200)))
            .after(failedRun("r-000009", NOW.minusSeconds(3700)));

    assertEquals(Ruling.DENIED, twice.ruling("attempt_cap", Moment.PROPOSAL));
  }

  @Test
  void blastRadiusIsSharedByAllRunsUnderWay() {
    // Payments hurt orders: one dependent of two services.
    Shop shop = Shop.OPEN.with(Shop.limits(9, 1, 40, 9));

    ruling(
        new Situation(shop, shop.proposal(Shop.PAYMENTS)), "blast_radius", forward(Ruling.DENIED));
    ruling(CALM.in(shop), "blast_radius", forward(Ruling.PASSED));
  }

  @Test
  void runUnderWayUsesUpTheBudget() {
    Shop shop = Shop.OPEN.with(Shop.limits(9, 1, 40, 9));
    var other = new RunId("r-000009");
    Situation busy =
        CALM.in(shop)
            .after(shop.proposed(other, Shop.PAYMENTS, NOW))
            .after(new RunAdmitted(other, List.of(), NOW.plusSeconds(60), NOW));

    assertEquals(Ruling.DENIED, busy.ruling("blast_radius", Moment.FIRST_STEP));
  }
}
