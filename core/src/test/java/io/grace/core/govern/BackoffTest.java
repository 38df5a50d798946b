package io.grace.core.govern;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.fixture.Shop;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.policy.Limits;
import io.grace.core.state.Track;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final Proposal.Key KEY =
      new Proposal.Key(Shop.ORDERS, Shop.SPIKE, new PlaybookId("scale"));

  @Test
  void waitDoublesWithEveryFailure() {
    Limits steady = limits(Duration.ofMinutes(5), 0);

    assertEquals(Duration.ofMinutes(5), wait(1, steady));
    assertEquals(Duration.ofMinutes(10), wait(2, steady));
    assertEquals(Duration.ofMinutes(20), wait(3, steady));
  }

  @Test
  void waitHasACap() {
    Limits steady = limits(Duration.ofMinutes(5), 0);

    assertEquals(Duration.ofMinutes(120), wait(6, steady));
    assertEquals(Duration.ofMinutes(120), wait(1_000, steady));
  }

  @Test
  void jitterAddsUpToItsShareAndIsTheSameEachTime() {
    Limits limits = limits(Duration.ofMinutes(5), 0.2);

    for (int n = 1; n < 20; n++) {
      Duration bare = wait(n, limits(Duration.ofMinutes(5), 0));
      assertTrue(wait(n, limits).compareTo(bare) >= 0);
      assertTrue(wait(n, limits).compareTo(bare.multipliedBy(12).dividedBy(10)) <= 0);
      assertEquals(wait(n, limits), wait(n, limits));
    }
    assertNotEquals(wait(6, limits), wait(7, limits));
  }

  @Test
  void baseBelowASecondIsAWaitToo() {
    assertEquals(Duration.ofMillis(500), wait(1, limits(Duration.ofMillis(500), 0)));
  }

  private static Duration wait(int failures, Limits limits) {
    return BudgetRules.wait(new Track(failures, Optional.of(Shop.NOW)), KEY, limits);
  }

  private static Limits limits(Duration base, double jitter) {
    Limits l = Limits.DEFAULTS;
    return new Limits(
        l.proposalsPerHour(),
        base,
        l.backoffMax(),
        jitter,
        l.blastRadius(),
        l.blastRadiusPercent(),
        l.broken(),
        l.brokenPercent(),
        l.attempts(),
        l.attemptWindow(),
        l.staleAfter(),
        l.runTimeout(),
        l.approvalTimeout(),
        l.reopenWithin());
  }
}
