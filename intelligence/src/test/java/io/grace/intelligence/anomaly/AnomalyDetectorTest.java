package io.grace.intelligence.anomaly;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.anomaly.AnomalyDetector.Metric;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/// What a user may rely on, each on a small series of its own.
class AnomalyDetectorTest {
  private static final int STEP = 300;
  private static final int DAY = 288;

  @Test
  void scoresStayBetweenZeroAndOneWhateverIsRead() {
    Random random = new Random(1);
    double[] wild = {0, -0.0, 1e300, -1e300, Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, 1e-9};

    double[] scores =
        scores(2000, i -> i % 7 == 0 ? wild[random.nextInt(wild.length)] : random.nextGaussian());

    for (double score : scores) {
      assertTrue(score >= 0 && score <= 1, "score " + score);
    }
  }

  @Test
  void whatFollowsNeverChangesAScore() {
    double[] values = noise(2, 3000, 10);
    double[] other = values.clone();
    Random random = new Random(3);
    int known = 2000;
    for (int i = other.length - 1; i > known; i--) {
      int j = known + random.nextInt(i - known + 1);
      double kept = other[i];
      other[i] = 50 * other[j];
      other[j] = kept;
    }

    double[] scores = scores(values.length, i -> values[i]);
    double[] otherScores = scores(other.length, i -> other[i]);

    assertArrayEquals(Arrays.copyOf(scores, known), Arrays.copyOf(otherScores, known));
  }

  @Test
  void sameReadingsAndSeedGiveTheSameScores() {
    double[] values = noise(4, 1500, 5);

    assertArrayEquals(scores(values.length, i -> values[i]), scores(values.length, i -> values[i]));
  }

  @Test
  void stateMovesToAnotherInstanceWithoutAGapInTheScores() {
    double[] values = noise(5, 2500, 10);
    double[] whole = scores(values.length, i -> values[i]);
    double[] moved = new double[values.length];

    AnomalyDetector detector = new AnomalyDetector(Metric.UNKNOWN, 1);
    for (int i = 0; i < values.length; i++) {
      if (i % 311 == 30) {
        detector = AnomalyDetector.restored(detector.save());
      }
      moved[i] = detector.score((long) i * STEP, values[i]);
    }

    assertArrayEquals(whole, moved);
  }

  @Test
  void stateOfAnotherVersionIsRefused() {
    byte[] state = new AnomalyDetector(Metric.GAUGE, 1).save();
    byte[] newer = state.clone();
    newer[7]++;

    var refused =
        assertThrows(IllegalArgumentException.class, () -> AnomalyDetector.restored(newer));

    String message = String.valueOf(refused.getMessage());
    assertTrue(
        message.matches("state must be of kind (\\d+) version 1: kind \\1 version 2"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> AnomalyDetector.restored(Arrays.copyOf(state, state.length - 1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> AnomalyDetector.restored(Arrays.copyOf(state, state.length + 1)));
  }

  @Test
  void unitOfTheReadingsDoesNotMatter() {
    double[] values = noise(14, 1500, 10);
    double tiny = Math.scalb(1.0, -60);

    assertArrayEquals(
        scores(values.length, i -> values[i]), scores(values.length, i -> tiny * values[i]));
  }

  @Test
  void oneSpikeInNoiseAlarms() {
    double[] values = noise(6, 2000, 50);
    values[1700] = 70;

    double[] scores = scores(values.length, i -> values[i]);

    assertTrue(scores[1700] >= AnomalyDetector.ALARM, "score " + scores[1700]);
    assertTrue(alarms(scores, 0, 1700) <= 3, "false alarms " + alarms(scores, 0, 1700));
  }

  @Test
  void levelShiftAlarmsWhenItComesAndIsUsualLater() {
    double[] values = noise(7, 3000, 50);
    for (int i = 1500; i < values.length; i++) {
      values[i] += 15;
    }

    double[] scores = scores(values.length, i -> values[i]);

    assertTrue(scores[1500] >= AnomalyDetector.ALARM, "score " + scores[1500]);
    assertTrue(alarms(scores, 1501, 1600) <= 4, "repeated " + alarms(scores, 1501, 1600));
    assertTrue(alarms(scores, 1600, 3000) <= 2, "later " + alarms(scores, 1600, 3000));
  }

  @Test
  void constantSeriesIsSilentUntilItChanges() {
    double[] scores = scores(1200, i -> i < 1000 ? 0.1 : 0.2);

    for (int i = 0; i < 1000; i++) {
      assertEquals(0, scores[i]);
    }
    assertTrue(scores[1000] >= AnomalyDetector.ALARM, "score " + scores[1000]);
    assertTrue(alarms(scores, 1010, 1200) == 0, "later " + alarms(scores, 1010, 1200));
  }

  @Test
  void counterIsJudgedByItsGrowthAndItsResetIsNoAnomaly() {
    Random random = new Random(8);
    double[] values = new double[3000];
    for (int i = 1; i < values.length; i++) {
      double grown = 100 + 3 * random.nextGaussian() + (i == 2500 ? 900 : 0);
      values[i] = i == 2000 ? grown : values[i - 1] + grown;
    }

    for (Metric metric : new Metric[] {Metric.COUNTER, Metric.UNKNOWN}) {
      double[] scores = scores(metric, values.length, i -> values[i]);

      assertTrue(scores[2000] < AnomalyDetector.ALARM, metric + " reset " + scores[2000]);
      assertTrue(scores[2500] >= AnomalyDetector.ALARM, metric + " jump " + scores[2500]);
      assertTrue(alarms(scores, 0, 2500) <= 4, metric + " false " + alarms(scores, 0, 2500));
    }
  }

  @Test
  void missingReadingsScoreNothingAndTeachNothing() {
    double[] values = noise(9, 1500, 50);
    AnomalyDetector whole = new AnomalyDetector(Metric.GAUGE, 1);
    AnomalyDetector holed = new AnomalyDetector(Metric.GAUGE, 1);

    for (int i = 0; i < values.length; i++) {
      assertEquals(0, holed.score((long) i * STEP - 100, Double.NaN));
      assertEquals(0, holed.score((long) i * STEP - 50, Double.POSITIVE_INFINITY));
      double expected = whole.score((long) i * STEP, values[i]);

      assertEquals(expected, holed.score((long) i * STEP, values[i]));
    }
  }

  @Test
  void gapIsNoAnomalyWhenTheSeriesGoesOnAsItsSeasonWould() {
    double[] scores = new double[5000];
    Random random = new Random(10);
    AnomalyDetector detector = new AnomalyDetector(Metric.GAUGE, 1);
    int skipped = 0;
    for (int i = 0; i < scores.length; i++) {
      skipped += i == 4000 ? DAY / 2 : 0;
      int at = i + skipped;
      double value = 50 + 20 * Math.sin(2 * Math.PI * at / DAY) + random.nextGaussian();
      scores[i] = detector.score((long) at * STEP, value);
    }

    assertTrue(alarms(scores, 4000, 4010) <= 1, "after the gap " + alarms(scores, 4000, 4010));
    assertTrue(alarms(scores, 4010, 5000) <= 3, "later " + alarms(scores, 4010, 5000));
  }

  @Test
  void valueThatIsUsualAtAnotherTimeOfTheDayAlarms() {
    Random random = new Random(11);
    int wrong = 11 * DAY + 10;

    double[] scores =
        scores(
            12 * DAY,
            i -> {
              boolean isDay = i % DAY >= DAY / 2;
              return (isDay || i >= wrong && i < wrong + 5 ? 80 : 20) + random.nextGaussian();
            });

    assertTrue(alarms(scores, wrong, wrong + 5) >= 1, "at night " + scores[wrong]);
  }

  @Test
  void newSeasonAlarmsAtFirstAndIsUsualAfterAFewDays() {
    Random random = new Random(12);
    int changed = 14 * DAY;

    double[] scores =
        scores(
            40 * DAY,
            i -> {
              int phase = (i < changed ? i : i + DAY / 3) % DAY;
              return 50 + 30 * Math.sin(2 * Math.PI * phase / DAY) + random.nextGaussian();
            });

    assertTrue(alarms(scores, changed, changed + DAY) >= 1, "no alarm");
    assertTrue(
        alarms(scores, 25 * DAY, 40 * DAY) <= 4, "late " + alarms(scores, 25 * DAY, 40 * DAY));
  }

  @Test
  void timesThatStandStillOrGoBackDoNoHarm() {
    double[] values = noise(13, 500, 10);
    AnomalyDetector detector = new AnomalyDetector(Metric.COUNTER, 1);

    for (int i = 0; i < values.length; i++) {
      double score = detector.score(i % 5 == 0 ? 0 : i, values[i]);

      assertTrue(score >= 0 && score <= 1, "score " + score);
    }
  }

  private static double[] noise(long seed, int length, double mean) {
    Random random = new Random(seed);
    double[] values = new double[length];
    Arrays.setAll(values, i -> mean + random.nextGaussian());
    return values;
  }

  private static double[] scores(int length, IntToDoubleFunction values) {
    return scores(Metric.UNKNOWN, length, values);
  }

  private static double[] scores(Metric metric, int length, IntToDoubleFunction values) {
    AnomalyDetector detector = new AnomalyDetector(metric, 1);
    double[] scores = new double[length];
    for (int i = 0; i < length; i++) {
      scores[i] = detector.score((long) i * STEP, values.applyAsDouble(i));
    }
    return scores;
  }

  private static int alarms(double[] scores, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += scores[i] >= AnomalyDetector.ALARM ? 1 : 0;
    }
    return count;
  }
}
