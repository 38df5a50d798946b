package io.grace.intelligence.neural;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// A network that is trained, laid down, taken up again and asked.
class TrainingTest {
  private static final int SEASON = 12;
  private static final Window WINDOW = new Window(12, 6, List.of(SEASON), 0);
  private static final TrainingPlan PLAN = plan(6, 6, 11);

  @Test
  void learnsWhatTheSeasonalNaiveForecastCannotKnow() {
    List<Series> series = waves();
    Training training = Training.start(PLAN, series);
    double naive = training.bestLoss();

    toTheEnd(training);

    assertTrue(
        training.bestLoss() < 0.7 * naive, training.bestLoss() + " against naive's " + naive);
  }

  @Test
  void forecastsASeriesThatItNeverSaw() {
    Training training = Training.start(PLAN, waves());
    toTheEnd(training);
    double[] strange = wave(9_000, 700, 99);
    var series = Series.of(strange).without(6);

    double[] forecast = training.best().forecast(series).median();

    double error = 0;
    double naive = 0;
    for (int h = 0; h < 6; h++) {
      double actual = strange[series.length() + h];
      error += Math.abs(actual - forecast[h]);
      naive += Math.abs(actual - strange[series.length() + h - SEASON]);
    }
    assertTrue(error < naive, error + " against naive's " + naive);
  }

  @Test
  void quantilesRiseAndHoldTheirShare() {
    Training training = Training.start(PLAN, waves());
    toTheEnd(training);
    int held = 0;
    int all = 0;
    for (int seed = 100; seed < 140; seed++) {
      double[] values = wave(50, 3, seed);
      var series = Series.of(values).without(6);
      var forecast = training.best().forecast(series);
      for (int h = 0; h < 6; h++) {
        double[] step = forecast.steps()[h];
        assertTrue(step[0] <= step[1] && step[1] <= step[2]);
        double actual = values[series.length() + h];
        held += actual >= step[0] && actual <= step[2] ? 1 : 0;
        all++;
      }
    }

    assertEquals(0.8, held / (double) all, 0.12);
  }

  @Test
  void sameSeedGivesTheSameBytes() {
    Training one = Training.start(plan(2, 2, 3), waves());
    Training two = Training.start(plan(2, 2, 3), waves());
    Training other = Training.start(plan(2, 2, 4), waves());

    toTheEnd(one);
    toTheEnd(two);
    toTheEnd(other);

    assertArrayEquals(one.checkpoint(), two.checkpoint());
    assertFalse(Arrays.equals(one.best().toBytes(), other.best().toBytes()));
  }

  @Test
  void resumedTrainingEndsWithTheSameBits() {
    Training straight = Training.start(PLAN, waves());
    Training begun = Training.start(PLAN, waves());
    begun.epoch();
    begun.epoch();
    byte[] laidDown = begun.checkpoint();

    Training resumed = Training.resume(laidDown, waves());
    toTheEnd(resumed);
    toTheEnd(straight);

    assertEquals(straight.epochs(), resumed.epochs());
    assertArrayEquals(straight.checkpoint(), resumed.checkpoint());
    assertArrayEquals(straight.best().toBytes(), resumed.best().toBytes());
  }

  @Test
  void trainingStopsWhenPatienceIsOut() {
    var random = new SplittableRandom(8);
    double[] noise = random.doubles(400).toArray();
    Training training = Training.start(plan(50, 2, 1), List.of(Series.of(noise)));

    toTheEnd(training);

    assertTrue(training.epochs() < 50, "epochs " + training.epochs());
    assertThrows(IllegalStateException.class, training::epoch);
  }

  @Test
  void heldOutTailTeachesNothing() {
    List<Series> one = waves();
    var other = new ArrayList<Series>();
    for (int i = 0; i < one.size(); i++) {
      double[] values = wave(100 + i, 10, i);
      for (int t = values.length - PLAN.heldOut(); t < values.length; t++) {
        values[t] = 0;
      }
      other.add(Series.of(values));
    }

    Origins first = Origins.of(PLAN, one);
    Origins second = Origins.of(PLAN, other);

    var random = new SplittableRandom(1);
    var same = new SplittableRandom(1);
    for (int n = 0; n < 2_000; n++) {
      Origins.Origin drawn = first.draw(random);
      Origins.Origin twin = second.draw(same);
      for (int i = 0; i < drawn.at() + WINDOW.horizon(); i++) {
        assertEquals(drawn.series().at(i), twin.series().at(i));
      }
    }
  }

  @Test
  void constantSeriesIsForecastAsItself() {
    Training training = Training.start(plan(2, 2, 1), waves());
    toTheEnd(training);
    var constant = new double[60];
    Arrays.fill(constant, 42);

    for (double value : training.best().forecast(Series.of(constant)).median()) {
      assertEquals(42, value, 1);
    }
  }

  @Test
  void seriesTooShortToForecastIsRefused() {
    var forecaster = Training.start(PLAN, waves()).best();

    var refusal =
        assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(Series.of(1, 2, 3)));
    assertEquals("needs 24 values: 3", refusal.getMessage());
  }

  @Test
  void covariatesMustReachAHorizonPastTheValues() {
    var window = new Window(4, 6, List.of(1), 2);
    var plan = new TrainingPlan(window, List.of(0.5), 4, 1, 1, 8, 8, 0.01, 6, 1);
    double[] values = wave(1, 1, 1);
    var known = Series.with(values, Series.phase(0, SEASON, values.length));
    var forecaster = Training.start(plan, List.of(known)).best();

    assertEquals(6, forecaster.forecast(known.without(6)).steps().length);
    assertThrows(IllegalArgumentException.class, () -> forecaster.forecast(known));
  }

  @Test
  void seriesAllTooShortToTrainOnAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Training.start(PLAN, List.of(Series.of(1, 2, 3))));
  }

  @Test
  void forecasterComesBackFromItsBytes() {
    Training training = Training.start(plan(1, 1, 1), waves());
    toTheEnd(training);
    var series = Series.of(wave(5, 1, 50));

    var back = LstmForecaster.fromBytes(training.best().toBytes());

    assertArrayEquals(training.best().forecast(series).median(), back.forecast(series).median());
  }

  @Test
  void damagedBytesAreRefusedWhereverTheDamageIs() {
    byte[] bytes = Training.start(plan(1, 1, 1), waves()).best().toBytes();
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] ^= 0x10;

      assertThrows(IllegalArgumentException.class, () -> LstmForecaster.fromBytes(damaged));
    }
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    assertThrows(IllegalArgumentException.class, () -> LstmForecaster.fromBytes(cut));
    assertThrows(IllegalArgumentException.class, () -> LstmForecaster.fromBytes(new byte[3]));
  }

  @Test
  void checkpointIsNoForecaster() {
    byte[] checkpoint = Training.start(plan(1, 1, 1), waves()).checkpoint();

    assertThrows(IllegalArgumentException.class, () -> LstmForecaster.fromBytes(checkpoint));
  }

  @Test
  void checkpointOfOtherSeriesIsRefused() {
    byte[] checkpoint = Training.start(plan(1, 1, 1), waves()).checkpoint();
    List<Series> fewer = waves().subList(1, 4);

    assertThrows(IllegalArgumentException.class, () -> Training.resume(checkpoint, fewer));
  }

  @Test
  void planWithoutTheMedianIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new TrainingPlan(WINDOW, List.of(0.1, 0.9), 4, 1, 1, 8, 8, 0.01, 6, 1));
  }

  private static TrainingPlan plan(int epochs, int patience, long seed) {
    return new TrainingPlan(
        WINDOW, List.of(0.1, 0.5, 0.9), 8, epochs, patience, 512, 16, 0.02, 24, seed);
  }

  private static void toTheEnd(Training training) {
    while (!training.isDone()) {
      training.epoch();
    }
  }

  private static List<Series> waves() {
    var series = new ArrayList<Series>();
    for (int i = 0; i < 6; i++) {
      series.add(Series.of(wave(100 + i, 10, i)));
    }
    return series;
  }

  /// A season, a level that strays and is drawn home, and noise.
  private static double[] wave(double level, double unit, long seed) {
    var random = new SplittableRandom(seed);
    var values = new double[300];
    double stray = 0;
    for (int t = 0; t < values.length; t++) {
      stray = 0.9 * stray + random.nextGaussian() * 0.5;
      double season = Math.sin(2 * Math.PI * t / SEASON);
      values[t] = level + unit * (season + stray + 0.1 * random.nextGaussian());
    }
    return values;
  }
}
