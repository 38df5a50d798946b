package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.intelligence.forecast.Smoothing.Kind;
import org.junit.jupiter.api.Test;

class ThetaTest {
  @Test
  void thetaIsSimpleSmoothingWithHalfTheDrift() {
    double[] past = Planted.noisy(80, 1, 2, t -> 100 + 0.7 * t);
    SmoothingFit ses = SmoothingFit.of(Kind.LEVEL, past, 1);

    double[] path = new Theta().forecast(past, Seasons.NONE, 6);

    double half = Theta.slope(past) / 2;
    for (int h = 1; h < 6; h++) {
      assertEquals(half, path[h] - path[h - 1], 1e-9);
    }
    double lag = (1 - Math.pow(1 - ses.alpha(), 80)) / ses.alpha();
    assertEquals(ses.level() + half * lag, path[0], 1e-9);
  }

  @Test
  void slopeOfALineIsItsSlope() {
    assertEquals(-1.5, Theta.slope(Planted.series(30, t -> 4 - 1.5 * t)), 1e-12);
  }

  @Test
  void seasonalFactorsAreTakenOutAndPutBack() {
    double[] factors = {0.5, 1.5, 1.2, 0.8};
    double[] past = Planted.series(48, t -> 100 * factors[t % 4]);

    double[] path = new Naive2().forecast(past, Seasons.of(4), 4);

    assertArrayEquals(new double[] {50, 150, 120, 80}, path, 1e-9);
  }

  @Test
  void naive2WithoutACycleIsNaive() {
    double[] past = Planted.noisy(48, 2, 1, t -> 100);

    assertArrayEquals(
        new Naive().forecast(past, Seasons.NONE, 4),
        new Naive2().forecast(past, Seasons.NONE, 4),
        1e-12);
  }
}
