package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinerTest {
  private static final double[] ACTUAL = {10, 10};

  private static Backtest backtest(double... models) {
    return new Backtest(
        ACTUAL,
        Arrays.stream(models)
            .mapToObj(value -> new double[] {value, value})
            .toArray(double[][]::new));
  }

  @Test
  void modelThatIsClearlyBetterHasItsWay() {
    var backtests = List.of(backtest(20, 11), backtest(0, 9));

    var all = Combination.of(new double[][] {{5, 5}, {7, 8}}, backtests, false);

    assertFalse(all.isNaive());
    assertArrayEquals(new double[] {7, 8}, all.mean(), 1e-9);
  }

  @Test
  void modelsWithTheSameErrorWeighTheSame() {
    var backtests = List.of(backtest(15, 11, 9), backtest(5, 9, 11));

    var all = Combination.of(new double[][] {{5, 5}, {6, 6}, {8, 8}}, backtests, false);

    assertEquals(all.weights()[1], all.weights()[2], 1e-12);
    assertEquals(1, Arrays.stream(all.weights()).sum(), 1e-12);
  }

  @Test
  void bestModelThatDoesNotBeatNaiveGivesWayToIt() {
    var backtests = List.of(backtest(11, 13), backtest(9, 7));

    var all = Combination.of(new double[][] {{5, 5}, {7, 7}}, backtests, false);

    assertTrue(all.isNaive());
    assertArrayEquals(new double[] {5, 5}, all.mean());
    assertArrayEquals(new double[] {1, 0}, all.weights());
    assertArrayEquals(new double[] {-1, -1}, all.residuals()[0]);
  }

  @Test
  void modelThatRanAwayIsNotHeard() {
    var backtests = List.of(backtest(15, 11, 11, 11), backtest(5, 9, 9, 9));

    var all =
        Combination.of(new double[][] {{5}, {7}, {7.1}, {1e9}}, List.copyOf(backtests), false);

    assertTrue(all.mean()[0] < 8e8);
    assertTrue(all.mean()[0] >= 7);
  }

  @Test
  void seriesThatWasNeverNegativeIsNotForecastToBe() {
    var backtests = List.of(backtest(20, 11), backtest(0, 9));

    var all = Combination.of(new double[][] {{5, 5}, {-1, 2}}, backtests, true);

    assertEquals(0, all.mean()[0]);
    assertEquals(0, all.within(0.9).low()[0]);
  }

  @Test
  void randomWalkIsMostlyNaiveAndNeverMuchWorse() {
    int naive = 0;
    double own = 0;
    double base = 0;
    for (int seed = 0; seed < 40; seed++) {
      double[] walk = Planted.randomWalk(312, seed);
      double[] past = Arrays.copyOf(walk, 300);
      double[] actual = Arrays.copyOfRange(walk, 300, 312);
      var all = Combiner.combine(past, Seasons.NONE, 12);
      naive += all.isNaive() ? 1 : 0;
      own += Accuracy.mae(actual, all.mean());
      base += Accuracy.mae(actual, Naive.path(past, 12));
    }

    assertTrue(naive > 20, naive + " of 40");
    assertTrue(own < 1.03 * base, own / base + " of naive");
  }

  @Test
  void seasonalSeriesIsNotNaive() {
    double[] all = Planted.noisy(300, 1, 0.5, t -> 50 + 0.1 * t + 10 * Planted.wave(t, 12));
    double[] past = Arrays.copyOf(all, 288);
    double[] actual = Arrays.copyOfRange(all, 288, 300);

    double[] path = new Combiner().forecast(past, Seasons.of(12), 12);

    assertTrue(Accuracy.mae(actual, path) < 0.8, "error " + Accuracy.mae(actual, path));
  }

  @Test
  void originsLieAllOverTheLongestCycle() {
    int[] origins = Combiner.origins(28_000, 14, new Seasons(288, 2_016), 48);

    assertEquals(10, origins.length);
    assertEquals(28_000 - 48, origins[0]);
    assertTrue(origins[0] - origins[9] >= 2_016 * 9 / 10);
  }

  @Test
  void whatComesAfterTheOriginChangesNoPath() {
    double[] series = Planted.noisy(260, 2, 1, t -> 50 + 10 * Planted.wave(t, 12));
    double[] other = series.clone();
    for (int t = 220; t < 260; t++) {
      other[t] = series[479 - t];
    }

    var one = Backtest.at(Pool.general(), series, 220, Seasons.of(12), 24);
    var two = Backtest.at(Pool.general(), other, 220, Seasons.of(12), 24);

    assertTrue(Arrays.deepEquals(one.paths(), two.paths()));
  }

  @Test
  void originThatLeavesNoHorizonIsRefused() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Backtest.at(Pool.general(), new double[10], 8, Seasons.NONE, 3));

    assertEquals("origin 8 and horizon 3 must lie within 10 values", e.getMessage());
  }

  @Test
  void everyModelHasAnAnswerForAnyPastAndLeavesItAsItWas() {
    for (int length : new int[] {1, 2, 5, 9, 12, 30, 100, 400}) {
      for (double slope : new double[] {0, 1}) {
        double[] past = Planted.series(length, t -> slope * (t % 7) - slope * 3 + 4);
        double[] before = past.clone();
        for (Forecaster model : Pool.general()) {
          double[] path = model.forecast(past, new Seasons(7, 28), 10);
          String what = model.name() + " of " + length;
          assertEquals(10, path.length, what);
          assertTrue(Arrays.stream(path).allMatch(Double::isFinite), what);
          assertArrayEquals(before, past, what);
        }
        assertEquals(10, Combiner.combine(past, new Seasons(7, 28), 10).mean().length);
      }
    }
  }
}
