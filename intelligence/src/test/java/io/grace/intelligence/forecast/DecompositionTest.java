package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecompositionTest {
  private static double truth(int t) {
    return 20 + 0.05 * t + 5 * Planted.wave(t, 12);
  }

  @Test
  void partsAddUpToTheSeries() {
    double[] values = Planted.noisy(168, 1, 1, DecompositionTest::truth);

    Decomposition parts = Decomposition.of(values, 12, 84);

    double[] sum =
        Planted.series(
            168, t -> parts.trend()[t] + parts.inner()[t] + parts.outer()[t] + parts.rest()[t]);
    assertArrayEquals(values, sum, 1e-9);
  }

  @Test
  void outlierLandsInTheRestAndNowhereElse() {
    double[] values = Planted.series(144, DecompositionTest::truth);
    values[70] += 100;

    Decomposition parts = Decomposition.of(values, 12, 1);

    assertEquals(100, parts.rest()[70], 1);
    assertEquals(5 * Planted.wave(58, 12), parts.inner()[58], 0.5);
    assertEquals(0, parts.weights()[70]);
  }

  @Test
  void twoCyclesAreToldApart() {
    double[] values =
        Planted.series(84 * 6, t -> 4 * Planted.wave(t, 12) + 7 * Planted.wave(t, 84));

    Decomposition parts = Decomposition.of(values, 12, 84);

    assertEquals(4, Arrays.stream(parts.inner()).max().orElseThrow(), 0.5);
    assertEquals(7, Arrays.stream(parts.outer()).max().orElseThrow(), 0.5);
  }

  @Test
  void forecastContinuesTrendAndCycle() {
    double[] past = Planted.series(144, DecompositionTest::truth);
    double[] actual = Planted.series(12, h -> truth(144 + h));

    double[] path = new Decomposed().forecast(past, Seasons.of(12), 12);

    assertArrayEquals(actual, path, 0.3);
  }
}
