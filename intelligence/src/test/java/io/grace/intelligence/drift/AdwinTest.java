package io.grace.intelligence.drift;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.intelligence.drift.Adwin.Change;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The adaptive window against what its theorem promises.
class AdwinTest {
  private static final int STREAMS = 200;

  @Test
  void falseAlarmsStayBelowDeltaALook() {
    double delta = 0.01;
    int values = 2_000;
    for (boolean isCoin : new boolean[] {true, false}) {
      int alarms = 0;
      for (int seed = 0; seed < STREAMS; seed++) {
        var random = new SplittableRandom(seed);
        var adwin = new Adwin(delta, 0, 1);
        for (int i = 0; i < values; i++) {
          double value = isCoin ? random.nextInt(2) : random.nextDouble();
          alarms += adwin.add(value) == Change.NONE ? 0 : 1;
        }
      }

      double looks = STREAMS * values / 8.0;
      assertTrue(alarms <= delta * looks, alarms + " alarms in " + looks + " looks");
    }
  }

  @Test
  void mostStandingStreamsAreNeverAlarmed() {
    int alarmed = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      var random = new SplittableRandom(seed);
      var adwin = new Adwin(0.002, -4, 4);
      boolean isAlarmed = false;
      for (int i = 0; i < 2_000; i++) {
        isAlarmed |= adwin.add(random.nextGaussian()) != Change.NONE;
      }
      alarmed += isAlarmed ? 1 : 0;
    }

    assertTrue(alarmed <= STREAMS / 20, alarmed + " of " + STREAMS);
  }

  /// After 500 values and within bounds eight deviations apart, the bound itself is below a shift
  /// of one deviation from 110 values on.
  @Test
  void shiftOfOneDeviationIsFoundWithinTwoHundredValues() {
    int found = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      var random = new SplittableRandom(seed);
      var adwin = new Adwin(0.002, -4, 4);
      feed(adwin, random, 500, 0);
      Change change = Change.NONE;
      for (int i = 0; i < 200 && change == Change.NONE; i++) {
        change = adwin.add(1 + random.nextGaussian());
      }
      found += change == Change.ROSE ? 1 : 0;
    }

    assertTrue(found >= 0.95 * STREAMS, found + " of " + STREAMS);
  }

  @Test
  void fallIsToldFromARise() {
    var random = new SplittableRandom(3);
    var adwin = new Adwin(0.002, -4, 4);
    feed(adwin, random, 500, 1);
    Change change = Change.NONE;
    for (int i = 0; i < 200 && change == Change.NONE; i++) {
      change = adwin.add(-1 + random.nextGaussian());
    }

    assertEquals(Change.FELL, change);
  }

  @Test
  void windowGrowsWhileNothingChanges() {
    var adwin = new Adwin(0.002, 0, 1);
    for (int i = 0; i < 10_000; i++) {
      adwin.add(0.5);
    }

    assertEquals(10_000, adwin.length());
    assertEquals(0.5, adwin.mean(), 1e-12);
    assertEquals(0, adwin.deviation(), 1e-12);
  }

  @Test
  void windowShrinksToWhatCameAfterAShift() {
    var random = new SplittableRandom(1);
    var adwin = new Adwin(0.002, 0, 10);
    feed(adwin, random, 4_000, 3);
    long before = adwin.length();
    feed(adwin, random, 300, 7);

    assertTrue(before > 3_000, "before " + before);
    assertTrue(adwin.length() <= 350, "after " + adwin.length());
    assertEquals(7, adwin.mean(), 0.5);
  }

  @Test
  void windowFollowsAGradualDrift() {
    int found = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      var random = new SplittableRandom(seed);
      var adwin = new Adwin(0.002, -4, 8);
      feed(adwin, random, 1_000, 0);
      boolean isFound = false;
      for (int i = 0; i < 1_000; i++) {
        isFound |= adwin.add(3 * i / 1_000.0 + random.nextGaussian()) == Change.ROSE;
      }
      assertTrue(adwin.mean() > 1.5, "mean " + adwin.mean());
      found += isFound ? 1 : 0;
    }

    assertEquals(STREAMS, found);
  }

  @Test
  void meanAndDeviationAreThoseOfTheWindow() {
    var random = new SplittableRandom(6);
    var adwin = new Adwin(1e-9, 0, 100);
    double[] values = random.doubles(777).map(v -> 20 + 30 * v).toArray();
    Arrays.stream(values).forEach(adwin::add);
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();

    assertEquals(777, adwin.length());
    assertEquals(mean, adwin.mean(), 1e-9);
    assertEquals(Math.sqrt(squares / 777), adwin.deviation(), 1e-9);
  }

  @Test
  void memoryGrowsWithTheLogarithm() {
    var adwin = new Adwin(0.002, 0, 1);
    for (int i = 0; i < 100_000; i++) {
      adwin.add(0.5);
    }

    int buckets = (adwin.state().length - 8) / 2;
    assertTrue(buckets <= 5 * 17 + 17, "buckets " + buckets);
  }

  @Test
  void windowHasAGreatestLength() {
    var adwin = new Adwin(0.002, 0, 1);
    for (int i = 0; i < 12_000_000; i++) {
      adwin.add(1);
    }

    assertTrue(adwin.length() < 12_000_000, "length " + adwin.length());
    assertTrue(adwin.length() > 8_000_000, "length " + adwin.length());
  }

  @Test
  void valuesBeyondTheBoundsCountAsTheBounds() {
    var adwin = new Adwin(0.002, 0, 1);
    adwin.add(-50);
    adwin.add(50);

    assertEquals(0.5, adwin.mean(), 1e-12);
    assertThrows(IllegalArgumentException.class, () -> adwin.add(Double.NaN));
  }

  @Test
  void restoredWindowGoesOnToTheBit() {
    var random = new SplittableRandom(9);
    var adwin = new Adwin(0.01, -4, 8);
    feed(adwin, random, 1_003, 0);
    var restored = Adwin.of(adwin.state());

    for (int i = 0; i < 2_000; i++) {
      double value = i / 1_000.0 + random.nextGaussian();
      assertEquals(adwin.add(value), restored.add(value));
    }
    assertArrayEquals(adwin.state(), restored.state());
  }

  @Test
  void stateThatIsNoneIsRefused() {
    var adwin = new Adwin(0.01, 0, 1);
    feed(adwin, new SplittableRandom(2), 100, 0);
    double[] state = adwin.state();
    for (int i = 0; i < state.length; i++) {
      double[] damaged = state.clone();
      damaged[i] = Double.NaN;
      assertThrows(IllegalArgumentException.class, () -> Adwin.of(damaged), "number " + i);
    }
    double[] cut = Arrays.copyOf(state, state.length - 1);
    double[] more = Arrays.copyOf(state, state.length + 1);

    assertThrows(IllegalArgumentException.class, () -> Adwin.of(cut));
    assertThrows(IllegalArgumentException.class, () -> Adwin.of(more));
    assertThrows(IllegalArgumentException.class, Adwin::of);
    assertEquals(0, new Adwin(0.01, 0, 1).length());
    assertNotEquals(0, Adwin.of(state).length());
  }

  @Test
  void boundsTheWrongWayRoundAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Adwin(0.01, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Adwin(0, 0, 1));
  }

  private static void feed(Adwin adwin, SplittableRandom random, int count, double mean) {
    for (int i = 0; i < count; i++) {
      adwin.add(mean + random.nextGaussian());
    }
  }
}
