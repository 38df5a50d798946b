package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.grace.intelligence.forecast.RidgeAutoregression.Difference;
import io.grace.intelligence.forecast.RidgeAutoregression.Memory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RidgeAutoregressionTest {
  private static RidgeAutoregression model(Memory memory, Difference difference) {
    return new RidgeAutoregression(memory, difference, false, 1e-4);
  }

  @Test
  void coefficientsOfASecondOrderProcessAreRecovered() {
    var random = new Random(1);
    double[] past = new double[1_500];
    for (int t = 2; t < past.length; t++) {
      past[t] = 1.2 * past[t - 1] - 0.5 * past[t - 2] + random.nextGaussian();
    }

    double[] path = model(Memory.FEW, Difference.NONE).forecast(past, Seasons.NONE, 2);

    double first = 1.2 * past[1_499] - 0.5 * past[1_498];
    assertEquals(first, path[0], 0.3);
    assertEquals(1.2 * first - 0.5 * past[1_499], path[1], 0.4);
  }

  @Test
  void twoCyclesAreContinued() {
    double[] all =
        Planted.series(600, t -> 100 + 9 * Planted.wave(t, 12) + 4 * Planted.wave(t, 84));
    double[] past = java.util.Arrays.copyOf(all, 588);

    double[] path = model(Memory.MANY, Difference.NONE).forecast(past, new Seasons(12, 84), 12);

    assertArrayEquals(java.util.Arrays.copyOfRange(all, 588, 600), path, 0.5);
  }

  @Test
  void differencesOfALineContinueIt() {
    double[] past = Planted.noisy(200, 3, 1e-3, t -> 5 + 2.0 * t);

    double[] path = model(Memory.FEW, Difference.STEP).forecast(past, Seasons.NONE, 4);

    assertArrayEquals(new double[] {405, 407, 409, 411}, path, 0.05);
  }

  @Test
  void knownEventMovesTheForecast() {
    double[] event = Planted.series(305, t -> t % 23 == 3 || t == 302 ? 1 : 0);
    double[] past = Planted.noisy(300, 4, 0.1, t -> 10 + 6 * event[t]);
    var known = new Known(new double[][] {event});

    double[] path =
        new RidgeAutoregression(Memory.FEW, Difference.NONE, false, 1e-4, 0, known)
            .forecast(past, Seasons.NONE, 5);

    assertEquals(16, path[2], 0.4);
    assertEquals(10, path[1], 0.4);
  }

  @Test
  void logarithmsContinueGrowth() {
    double[] past = Planted.noisy(200, 5, 1e-6, t -> Math.exp(0.02 * t));

    double[] path =
        new RidgeAutoregression(Memory.FEW, Difference.STEP, true, 1e-4)
            .forecast(past, Seasons.NONE, 10);

    assertEquals(1, path[9] / Math.exp(0.02 * 209), 0.01);
  }

  @Test
  void lagsBeyondThePastAreLeftOut() {
    int[] lags = model(Memory.FEW, Difference.NONE).lags(new Seasons(24, 168), 100);

    assertArrayEquals(new int[] {1, 2, 3, 4, 23, 24, 25, 26}, lags);
  }
}
