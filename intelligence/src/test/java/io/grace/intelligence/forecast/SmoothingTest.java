package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.forecast.Smoothing.Kind;
import org.junit.jupiter.api.Test;

class SmoothingTest {
  private static double seasonalLine(int t) {
    return 50 + 0.5 * t + 10 * Planted.wave(t, 12);
  }

  @Test
  void holtContinuesALine() {
    double[] line = Planted.series(40, t -> 3 + 2 * t);

    double[] path = new Smoothing(Kind.TREND).forecast(line, Seasons.NONE, 3);

    assertArrayEquals(new double[] {83, 85, 87}, path, 1e-6);
  }

  @Test
  void holtWintersContinuesASeasonalLine() {
    double[] past = Planted.series(120, SmoothingTest::seasonalLine);
    double[] actual = Planted.series(24, h -> seasonalLine(120 + h));

    double[] path = new Smoothing(Kind.TREND_SEASONS).forecast(past, Seasons.of(12), 24);

    assertArrayEquals(actual, path, 1e-3);
  }

  @Test
  void levelIsTheExponentialAverage() {
    double[] past = Planted.noisy(60, 3, 1, t -> 10);
    SmoothingFit fit = SmoothingFit.of(Kind.LEVEL, past, 1);

    double level = past[0];
    for (double value : past) {
      level += fit.alpha() * (value - level);
    }

    assertEquals(level, fit.path(5)[4], 1e-9);
  }

  @Test
  void dampedTrendStopsAtItsLimit() {
    SmoothingFit fit = SmoothingFit.of(Kind.DAMPED, Planted.noisy(60, 4, 0.1, t -> 2.0 * t), 1);

    double[] path = fit.path(2_000);

    double limit = fit.level() + fit.trend() * fit.phi() / (1 - fit.phi());
    assertEquals(limit, path[1_999], 1e-6);
  }

  @Test
  void choiceTakesNoTrendForNoise() {
    SmoothingFit fit = AutoSmoothing.fit(Planted.noisy(200, 5, 1, t -> 10), 1);

    assertEquals(Kind.LEVEL, fit.kind());
  }

  @Test
  void choiceTakesSeasonsWhereThereAreSome() {
    double[] past = Planted.noisy(240, 6, 0.5, SmoothingTest::seasonalLine);

    SmoothingFit fit = AutoSmoothing.fit(past, 12);

    assertTrue(fit.kind().hasSeasons);
    assertFalse(fit.kind() == Kind.SEASONS);
  }
}
