package io.grace.intelligence.trend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RampTest {
  private static final int AHEAD = 60;

  private final Random random = new Random(7);

  @Test
  void lineIsFollowedToWhereItGoes() {
    Ramp ramp = found(series(120, i -> 10 + 0.5 * i + random.nextGaussian()));

    assertEquals(0.5, ramp.slope(), 0.02);
    assertEquals(10 + 0.5 * (119 + AHEAD), ramp.ahead(AHEAD), 1);
  }

  @Test
  void rampThatJustBeganIsSeenByItsNewestStretch() {
    Ramp ramp = found(series(120, i -> Math.max(0, i - 84) + 0.5 * random.nextGaussian()));

    assertTrue(ramp.count() <= 60, () -> ramp.toString());
    assertEquals(1, ramp.slope(), 0.2);
  }

  @Test
  void stepIsNoRamp() {
    assertNull(Ramp.find(series(120, i -> (i < 70 ? 10 : 30) + random.nextGaussian()), AHEAD));
  }

  @Test
  void whatLevelsOffIsNoRamp() {
    assertNull(
        Ramp.find(
            series(120, i -> 100 * (1 - Math.exp(-i / 12.0)) + random.nextGaussian()), AHEAD));
  }

  @Test
  void singleSpikesBendNothing() {
    double[] values = series(120, i -> 10 + 0.5 * i + random.nextGaussian());
    values[119] = 900;
    values[60] = -400;

    assertEquals(0.5, found(values).slope(), 0.03);
  }

  @Test
  void noiseIsHardlyEverARamp() {
    long ramps =
        IntStream.range(0, 500)
            .filter(_ -> Ramp.find(series(120, _ -> random.nextGaussian()), AHEAD) != null)
            .count();

    assertTrue(ramps <= 5, "ramps: " + ramps);
  }

  @Test
  void constantSeriesIsNoRamp() {
    assertNull(Ramp.find(new double[120], AHEAD));
  }

  @Test
  void tooFewValuesAreNoRamp() {
    assertNull(Ramp.find(series(Ramp.LEAST - 1, i -> i), AHEAD));
  }

  @Test
  void twoDeviationsHoldWhatComes() {
    int held = 0;
    int ramps = 0;
    for (int round = 0; round < 500; round++) {
      double slope = 0.05 + 0.5 * random.nextDouble();
      Ramp ramp = Ramp.find(series(120, i -> slope * i + 2 * random.nextGaussian()), AHEAD);
      if (ramp != null) {
        ramps++;
        double comes = slope * (119 + AHEAD) + 2 * random.nextGaussian();
        held += Math.abs(comes - ramp.ahead(AHEAD)) <= 2 * ramp.deviation(AHEAD) ? 1 : 0;
      }
    }

    assertTrue(ramps > 400, "ramps: " + ramps);
    assertTrue(held >= 0.9 * ramps, held + " of " + ramps);
  }

  private static Ramp found(double[] values) {
    Ramp ramp = Ramp.find(values, AHEAD);
    assertNotNull(ramp);
    return ramp;
  }

  private static double[] series(int count, IntToDoubleFunction value) {
    return IntStream.range(0, count).mapToDouble(value).toArray();
  }
}
