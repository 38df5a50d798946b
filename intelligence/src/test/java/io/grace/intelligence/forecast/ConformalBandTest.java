package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConformalBandTest {
  private static final int HORIZON = 24;

  /// Errors that grow with the horizon and go together, as those of a real forecast do.
  private static double[] errors(Random random) {
    double[] errors = new double[HORIZON];
    double level = 0;
    for (int h = 0; h < HORIZON; h++) {
      level = 0.6 * level + random.nextGaussian();
      errors[h] = level * Math.sqrt(1 + h);
    }
    return errors;
  }

  @Test
  void bandHoldsAsOftenAsItClaims() {
    double covered = 0;
    int trials = 1_000;
    for (int seed = 0; seed < trials; seed++) {
      var random = new Random(seed);
      double[][] residuals = new double[10][];
      Arrays.setAll(residuals, k -> errors(random));

      Forecast band = ConformalBand.of(residuals, HORIZON, 0.95).around(new double[HORIZON]);

      covered += Accuracy.covered(errors(random), band) / trials;
    }
    assertTrue(covered >= 0.93 && covered <= 0.97, "covered " + covered);
  }

  @Test
  void bandOfCombinedForecastsHoldsAsOftenAsItClaims() {
    double covered = 0;
    int trials = 60;
    for (int seed = 0; seed < trials; seed++) {
      double[] all = Planted.noisy(312, seed, 2, t -> 60 + 0.05 * t + 10 * Planted.wave(t, 12));
      Forecast forecast =
          Combiner.combine(Arrays.copyOf(all, 300), Seasons.of(12), 12).within(0.95);
      covered += Accuracy.covered(Arrays.copyOfRange(all, 300, 312), forecast) / trials;
    }
    assertTrue(covered >= 0.93 && covered <= 0.97, "covered " + covered);
  }

  @Test
  void bandIsWiderWhereErrorsWere() {
    double[][] residuals = new double[8][HORIZON];
    for (int k = 0; k < 8; k++) {
      for (int h = 0; h < HORIZON; h++) {
        residuals[k][h] = (k % 2 == 0 ? 1 : -1) * (h < 12 ? 1 : 10);
      }
    }

    double[] widths = ConformalBand.of(residuals, HORIZON, 0.95).widths();

    assertTrue(widths[20] > 5 * widths[2], widths[20] + " and " + widths[2]);
  }

  @Test
  void perfectPastHasNoWidth() {
    double[] widths = ConformalBand.of(new double[3][4], 4, 0.95).widths();

    assertArrayEquals(new double[4], widths);
  }

  @Test
  void coverageOfOneIsRefused() {
    var e =
        assertThrows(IllegalArgumentException.class, () -> ConformalBand.of(new double[0][], 4, 1));

    assertEquals("coverage must be in (0, 1): 1.0", e.getMessage());
  }

  @Test
  void intervalScoreAddsForWhatIsOutside() {
    var forecast = new Forecast(new double[] {0, 0}, new double[] {-1, -1}, new double[] {1, 1});

    // Width 2 at both; outside by 2 at one of them, times 2 / .05.
    assertEquals(42, Accuracy.intervalScore(new double[] {0, 3}, forecast, 0.95), 1e-9);
  }

  @Test
  void errorsAreMeasuredAsTheCompetitionDoes() {
    assertEquals(40, Accuracy.smape(new double[] {3, 0}, new double[] {2, 0}) * 2, 1e-9);
    assertEquals(2, Accuracy.scale(new double[] {1, 3, 1, 3}, 1), 1e-9);
    assertEquals(0, Accuracy.scale(new double[] {1, 3, 1, 3}, 2), 1e-9);
    assertEquals(1.5, Accuracy.mae(new double[] {1, 5}, new double[] {2, 3}), 1e-9);
  }
}
