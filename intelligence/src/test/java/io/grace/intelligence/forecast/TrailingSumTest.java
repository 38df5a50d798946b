package io.grace.intelligence.forecast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TrailingSumTest {
  private static final Seasons DAY = Seasons.of(48);

  /// So many come in at each step of the first half of a day, by chance.
  private static double[] incoming(int length, long seed) {
    var random = new Random(seed);
    return Planted.series(length, t -> t % 48 < 24 && random.nextInt(4) == 0 ? 1 : 0);
  }

  private static double[] sum(double[] incoming, int window) {
    return Planted.series(
        incoming.length, t -> Arrays.stream(incoming, Math.max(0, t - window + 1), t + 1).sum());
  }

  @Test
  void windowIsFound() {
    assertEquals(20, TrailingSum.window(sum(incoming(2_000, 1), 20), 48));
  }

  @Test
  void whatCameInIsRecovered() {
    double[] incoming = incoming(2_000, 2);

    double[] found = TrailingSum.incoming(sum(incoming, 20), 20);

    assertArrayEquals(
        Arrays.copyOfRange(incoming, 20, 2_000), Arrays.copyOfRange(found, 20, 2_000), 1e-9);
  }

  @Test
  void whatLeavesTheWindowIsKnownAhead() {
    double[] incoming = incoming(48 * 40 + 24, 3);
    double[] past = sum(incoming, 20);

    // Nothing comes in during the second half of the day, so the sum can only fall, to 0.
    double[] path = new TrailingSum().forecast(past, DAY, 20);

    double left = past[past.length - 1];
    for (int h = 0; h < 20; h++) {
      left -= incoming[past.length - 20 + h];
      assertEquals(left, path[h], 0.6);
    }
  }

  @Test
  void cycleIsNotTakenForATrailingSum() {
    assertEquals(0, TrailingSum.window(Planted.series(1_000, t -> Planted.wave(t, 40)), 48));
  }

  @Test
  void randomWalkIsNotTakenForATrailingSum() {
    assertEquals(0, TrailingSum.window(Planted.randomWalk(1_000, 4), 48));
  }

  @Test
  void driftRepeatsTheUsualStepsFromWhereverTheLevelIs() {
    double[] past = Planted.series(48 * 5, t -> 10 * Planted.wave(t, 48) + (t > 200 ? 30 : 0));

    double[] path = new SeasonalDrift().forecast(past, DAY, 12);

    assertEquals(30 + 10 * Planted.wave(251, 48), path[11], 1.5);
  }
}
