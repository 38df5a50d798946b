package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PiecewiseTrendTest {
  private static final int LENGTH = 260;

  @Test
  void plantedBendIsFound() {
    int bend = PiecewiseTrend.bendAt(12, LENGTH);
    double[] values =
        Planted.noisy(LENGTH, 1, 0.5, t -> 10 + 0.1 * t + Math.max(0, t - bend) * 0.9);

    PiecewiseTrend fit = PiecewiseTrend.fit(values, Seasons.NONE, Known.NOTHING);

    int steepest =
        IntStream.range(0, PiecewiseTrend.BENDS)
            .reduce(0, (a, b) -> fit.bends()[b] > fit.bends()[a] ? b : a);
    assertEquals(12, steepest, 1);
    double[] path = fit.path(20);
    assertEquals(1.0, (path[19] - path[0]) / 19, 0.05);
  }

  @Test
  void effectOfAKnownEventIsFoundAndForecast() {
    double[] event = Planted.series(LENGTH + 10, t -> t % 37 == 5 || t == LENGTH + 4 ? 1 : 0);
    double[] values =
        Planted.noisy(LENGTH, 2, 0.5, t -> 50 + 8 * Planted.wave(t, 20) - 15 * event[t]);

    PiecewiseTrend fit =
        PiecewiseTrend.fit(values, Seasons.of(20), new Known(new double[][] {event}));

    assertEquals(-15, fit.effects()[0], 0.7);
    double expected = 50 + 8 * Planted.wave(LENGTH + 4, 20) - 15;
    assertEquals(expected, fit.path(10)[4], 2);
  }

  @Test
  void knownValuesThatEndTooSoonAreRefused() {
    var known = new Known(new double[][] {new double[LENGTH]});
    double[] past = new double[LENGTH];

    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new PiecewiseForecaster(known).forecast(past, Seasons.NONE, 3));

    assertEquals("known values must reach past and horizon: 260 of 263", e.getMessage());
  }
}
