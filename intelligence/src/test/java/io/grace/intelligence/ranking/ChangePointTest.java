package io.grace.intelligence.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangePointTest {
  private static final double LEARNT = 0.9;
  private static final double RESET = 0.5;

  private final ChangePoint watch = new ChangePoint();

  private boolean sees(boolean success) {
    return success ? watch.sees(LEARNT, RESET) : watch.sees(1 - LEARNT, 1 - RESET);
  }

  @Test
  void noticesThatWhatHelpedHelpsNoMore() {
    var random = new Random(1);
    int outcomes = 1;
    while (!sees(random.nextDouble() < 0.2)) {
      outcomes++;
    }

    assertTrue(outcomes < 10, "after " + outcomes);
  }

  @Test
  void seldomCriesWhereNothingChanged() {
    var random = new Random(2);
    int cries = 0;
    for (int n = 0; n < 20_000; n++) {
      cries += sees(random.nextDouble() < LEARNT) ? 1 : 0;
    }

    assertTrue(cries <= 100, cries + " of 20,000");
  }

  @Test
  void beingSurerThanWhatWasLearntIsNoChange() {
    int cries = 0;
    for (int n = 0; n < 1_000; n++) {
      cries += sees(true) ? 1 : 0;
    }

    assertEquals(0, cries);
  }
}
