package io.grace.intelligence.interval;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class AdaptiveConformalTest {
  /// @param below the share of actual values below their interval, `above` of those above
  private record Missed(double below, double above) {}

  @Test
  void eachSideMissesItsShareWhateverTheErrors() {
    var random = new Random(1);
    Missed normal = missed(8_000, 100, _ -> random.nextGaussian());
    Missed skewed = missed(8_000, 100, _ -> Math.exp(random.nextGaussian()) - 1);

    assertEquals(0.025, normal.below(), 0.008);
    assertEquals(0.025, normal.above(), 0.008);
    assertEquals(0.025, skewed.below(), 0.008);
    assertEquals(0.025, skewed.above(), 0.008);
  }

  @Test
  void sharesComeBackAfterTheErrorsHaveGrown() {
    var random = new Random(2);
    Missed after = missed(4_000, 2_100, i -> (i < 2_000 ? 1 : 10) * random.nextGaussian());

    assertEquals(0.05, after.below() + after.above(), 0.02);
  }

  @Test
  void skewedErrorsGetASkewedInterval() {
    var random = new Random(3);
    var interval = new AdaptiveConformal();
    for (int i = 0; i < 5_000; i++) {
      double actual = Math.exp(random.nextGaussian()) - 1;
      interval.learn(interval.low(0), 0, interval.high(0), actual);
    }

    assertTrue(interval.high(0) > 3 * -interval.low(0));
  }

  @Test
  void intervalIsNeverTurnedAround() {
    var interval = new AdaptiveConformal();
    for (int i = 0; i < 5_000; i++) {
      interval.learn(interval.low(1), 1, interval.high(1), 1);
      assertTrue(interval.low(1) <= 1 && interval.high(1) >= 1);
    }
  }

  @Test
  void stateMovesToTheLastBit() {
    var random = new Random(4);
    var interval = new AdaptiveConformal();
    for (int i = 0; i < 100; i++) {
      interval.learn(interval.low(0), 0, interval.high(0), random.nextGaussian());
    }

    assertEquals(1, interval.deviation(), 0.3);
    AdaptiveConformal moved = AdaptiveConformal.of(interval.toBytes());

    assertEquals(interval.low(5), moved.low(5));
    assertArrayEquals(interval.toBytes(), moved.toBytes());
  }

  @Test
  void stateThatIsNoneIsRefused() {
    byte[] newer = new AdaptiveConformal().toBytes();
    newer[0]++;

    assertThrows(IllegalArgumentException.class, () -> AdaptiveConformal.of(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> AdaptiveConformal.of(newer));
  }

  @Test
  void valueThatIsMissingSaysNothing() {
    var interval = new AdaptiveConformal();
    byte[] before = interval.toBytes();

    interval.learn(-1, 0, 1, Double.NaN);

    assertArrayEquals(before, interval.toBytes());
  }

  private static Missed missed(int count, int from, IntToDoubleFunction error) {
    var interval = new AdaptiveConformal();
    double below = 0;
    double above = 0;
    for (int i = 0; i < count; i++) {
      double actual = 10 + error.applyAsDouble(i);
      double low = interval.low(10);
      double high = interval.high(10);
      if (i >= from) {
        below += actual < low ? 1 : 0;
        above += actual > high ? 1 : 0;
      }
      interval.learn(low, 10, high, actual);
    }
    return new Missed(below / (count - from), above / (count - from));
  }
}
