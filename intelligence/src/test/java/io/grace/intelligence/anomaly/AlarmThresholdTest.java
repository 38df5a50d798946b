package io.grace.intelligence.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlarmThresholdTest {
  @Test
  void startsAtTheAlarmOfTheDetector() {
    assertEquals(AnomalyDetector.ALARM, AlarmThreshold.initial().score(), 1e-12);
    assertTrue(AlarmThreshold.initial().isReachedBy(0.991));
    assertTrue(!AlarmThreshold.initial().isReachedBy(0.989));
  }

  @Test
  void falseAlarmRaisesItAndATrueOneOrAMissLowersIt() {
    AlarmThreshold initial = AlarmThreshold.initial();

    assertTrue(initial.after(Feedback.FALSE_ALARM).score() > initial.score());
    assertTrue(initial.after(Feedback.TRUE_ALARM).score() < initial.score());
    assertTrue(initial.after(Feedback.MISSED).score() < initial.after(Feedback.TRUE_ALARM).score());
  }

  @Test
  void noAnswerMovesItByMoreThanOneStepNorBeyondItsBounds() {
    for (Feedback feedback : Feedback.values()) {
      AlarmThreshold threshold = AlarmThreshold.initial();
      for (int i = 0; i < 200; i++) {
        AlarmThreshold next = threshold.after(feedback);
        assertTrue(Math.abs(next.level() - threshold.level()) <= 0.12 + 1e-12);
        threshold = next;
      }
      assertTrue(threshold.score() > 0.9 && threshold.score() < 1, feedback + " " + threshold);
    }
  }

  @Test
  void shareOfFalseAlarmsTendsToTheAcceptedOne() {
    // Noise reaches a level L with probability 10^-(L-1); every tenth reading is a true anomaly.
    Random random = new Random(1);
    AlarmThreshold threshold = AlarmThreshold.initial();
    int wrong = 0;
    int alarms = 0;
    for (int i = 0; i < 20_000; i++) {
      boolean isTrue = random.nextInt(10) == 0;
      double score = isTrue ? 0.99999 : 1 - 0.1 * random.nextDouble();
      if (threshold.isReachedBy(score)) {
        alarms++;
        wrong += isTrue ? 0 : 1;
        threshold = threshold.after(isTrue ? Feedback.TRUE_ALARM : Feedback.FALSE_ALARM);
      }
    }

    assertEquals(0.2, (double) wrong / alarms, 0.02);
  }

  @Test
  void levelOutOfBoundsIsRefused() {
    var refused = assertThrows(IllegalArgumentException.class, () -> new AlarmThreshold(9));

    assertEquals("level must be in [1.3, 4.0]: 9.0", refused.getMessage());
  }
}
