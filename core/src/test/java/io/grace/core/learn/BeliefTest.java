package io.grace.core.learn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BeliefTest {
  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration TOOK = Duration.ofSeconds(30);

  @Test
  void priorCountsAsTwoRuns() {
    assertEquals(0.6, Belief.NONE.chance(0.6), 1e-9);
    assertEquals(2.2 / 3, Belief.NONE.with(true, TOOK, NOW).chance(0.6), 1e-9);
  }

  @Test
  void lastDayIsTheLast24Hours() {
    Belief belief =
        Belief.NONE
            .with(true, TOOK, NOW.minus(Duration.ofHours(24)))
            .with(false, TOOK, NOW.minus(Duration.ofHours(23)));

    assertEquals(new Tally(0, 1, 30_000), belief.lastDay(NOW));
    assertEquals(2, belief.lastWeek(NOW).runs());
  }

  @Test
  void lastWeekIsTheLast168Hours() {
    Belief belief =
        Belief.NONE
            .with(true, TOOK, NOW.minus(Duration.ofHours(168)))
            .with(true, TOOK, NOW.minus(Duration.ofHours(167)));

    assertEquals(1, belief.lastWeek(NOW).runs());
  }

  @Test
  void whatIsOlderThanAWeekIsKeptOnlyInTheSum() {
    Belief belief =
        Belief.NONE.with(true, TOOK, NOW.minus(Duration.ofDays(8))).with(true, TOOK, NOW);

    assertEquals(1, belief.hours().size());
    assertEquals(2, belief.all().runs());
  }

  @Test
  void meanIsTheTimeARunTakes() {
    Belief belief = Belief.NONE.with(true, TOOK, NOW).with(false, Duration.ofSeconds(90), NOW);

    assertEquals(Duration.ofSeconds(60), belief.all().mean());
    assertEquals(Duration.ZERO, Tally.NONE.mean());
  }
}
