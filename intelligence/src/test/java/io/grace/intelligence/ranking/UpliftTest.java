package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.ranking.Uplift.Logged;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UpliftTest {
  private static final double STATIC = 0.5;
  private static final double OTHER = 0.8;

  /// The static leader is taken in one of five.
  private static List<Logged> log(int size, double believed, long seed) {
    var random = new Random(seed);
    var log = new ArrayList<Logged>();
    for (int n = 0; n < size; n++) {
      boolean isStatic = random.nextDouble() < 0.2;
      boolean isSuccess = random.nextDouble() < (isStatic ? STATIC : OTHER);
      double chosen = isStatic ? believed : OTHER;
      log.add(
          new Logged(
              isSuccess,
              isStatic ? 0.2 : 0.8,
              isStatic,
              chosen,
              believed,
              Math.max(OTHER, believed)));
    }
    return log;
  }

  @Test
  void findsWhatRankingWasWorthEvenIfBeliefsAreWrong() {
    double worth = 0.2 * STATIC + 0.8 * OTHER - STATIC;

    assertEquals(worth, Uplift.of(log(20_000, STATIC, 1), 1).uplift().value(), 0.02);
    assertEquals(worth, Uplift.of(log(20_000, 0.9, 1), 1).uplift().value(), 0.03);
  }

  @Test
  void intervalHoldsTheTruthAsOftenAsItSays() {
    double worth = 0.2 * STATIC + 0.8 * OTHER - STATIC;
    int inside = 0;
    int rounds = 200;
    for (int seed = 0; seed < rounds; seed++) {
      var interval = Uplift.of(log(300, STATIC, seed), seed).uplift();
      inside += interval.low() <= worth && worth <= interval.high() ? 1 : 0;
    }

    assertTrue(inside >= 0.90 * rounds && inside <= 0.99 * rounds, "inside " + inside);
  }

  @Test
  void regretIsWhatTheBestWasBelievedToBeWorthMore() {
    var log = List.of(new Logged(true, 0.5, true, 0.5, 0.5, 0.8));

    assertEquals(0.3, Uplift.of(log, 1).regret().value(), 1e-12);
  }

  @Test
  void refusesALogWithoutDecisionsOrPropensities() {
    assertThrows(IllegalArgumentException.class, () -> Uplift.of(List.of(), 1));
    assertThrows(IllegalArgumentException.class, () -> new Logged(true, 0, true, 0.5, 0.5, 0.5));
  }
}
