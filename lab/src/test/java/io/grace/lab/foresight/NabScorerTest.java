package io.grace.lab.foresight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.lab.foresight.NabScorer.Profile;
import io.grace.lab.foresight.NabScorer.Scored;
import io.grace.lab.foresight.NabSeries.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The definition of the score, case by case.
class NabScorerTest {
  private static final int ROWS = 100;
  private static final Window WINDOW = new Window(40, 49);

  @Test
  void alarmAtTheFirstRowOfAWindowEarnsAllOfIt() {
    assertEquals(1, raw(40), 1e-12);
    assertEquals(100, NabScorer.normalised(raw(40), 1, Profile.STANDARD), 1e-12);
  }

  @Test
  void silenceMissesTheWindow() {
    assertEquals(-1, raw());
    assertEquals(0, NabScorer.normalised(raw(), 1, Profile.STANDARD));
  }

  @Test
  void onlyTheBestAlarmOfAWindowCounts() {
    assertEquals(raw(42), raw(42, 43, 48));
  }

  @Test
  void alarmBeforeAnyWindowCostsInFull() {
    assertEquals(-1 - 0.11, raw(30), 1e-12);
  }

  @Test
  void alarmSoonAfterAWindowCostsLess() {
    double late = 0.11 * (2 / (1 + Math.exp(5.0 / 9)) - 1);

    assertEquals(-1 + late, raw(50), 1e-12);
    assertEquals(-1 - 0.11, raw(80), 1e-12);
  }

  @Test
  void alarmInProbationIsNotScored() {
    assertEquals(-1, raw(0, 14));
    assertEquals(-1.11, raw(15), 1e-12);
  }

  @Test
  void bestThresholdIsTheOneThatEarnsMost() {
    double[] scores = new double[ROWS];
    scores[40] = 0.7;
    scores[20] = 0.6;
    scores[90] = 0.8;

    var best = NabScorer.best(List.of(new Scored(series(), scores)), Profile.STANDARD);

    assertEquals(0.7, best.threshold());
    assertEquals(1 - 0.11, best.raw(), 1e-12);
  }

  private static double raw(int... alarms) {
    double[] scores = new double[ROWS];
    for (int row : alarms) {
      scores[row] = 1;
    }
    return NabScorer.raw(new Scored(series(), scores), 1, Profile.STANDARD);
  }

  private static NabSeries series() {
    return new NabSeries("made", "made.csv", new long[ROWS], new double[ROWS], List.of(WINDOW));
  }
}
