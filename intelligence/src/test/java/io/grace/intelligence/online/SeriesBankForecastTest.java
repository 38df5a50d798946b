package io.grace.intelligence.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the forecasts are worth, on series whose truth is known.
class SeriesBankForecastTest {
  private static final Form LEAN = Form.lean(new Lead.Steps(3));
  private static final Form RICH = Form.rich(new Lead.Steps(3));

  @Test
  void randomWalkIsAnsweredWithItsLastValue() {
    for (long seed = 0; seed < 20; seed++) {
      double[] walk = Signals.walk(seed, 2_000);

      assertTrue(Signals.measure(LEAN, 3, walk, 0).error() <= 1.02, "lean, seed " + seed);
      assertTrue(Signals.measure(RICH, 3, walk, 0).error() <= 1.02, "rich, seed " + seed);
    }
  }

  @Test
  void modelThatIsNoBetterThanTheLastValueDoesNotAnswer() {
    int modelled = 0;
    for (long seed = 0; seed < 20; seed++) {
      var bank = new SeriesBank(LEAN);
      int slot = bank.open();
      for (double value : Signals.walk(seed, 500)) {
        bank.update(slot, Signals.START, value);
        modelled += bank.isModelled(slot) ? 1 : 0;
      }
    }

    assertTrue(modelled < 0.2 * 20 * 500, modelled + " of 10000 answers are modelled");
  }

  @Test
  void noiseAroundALevelIsAnsweredWithTheLevel() {
    var random = new Random(1);
    double[] noise = Signals.of(1_000, _ -> 50 + random.nextGaussian());

    // The best there is errs by 1/√2 of what the last value does.
    assertTrue(Signals.measure(LEAN, 3, noise, 100).error() < 0.75);
  }

  @Test
  void noisyRampIsCarriedOnAfterThirtyValues() {
    assertTrue(ramp(3, 1, 0, 30) < 0.5);
  }

  @Test
  void noisyRampIsCarriedOnBeforeItIsAsOldAsTheLead() {
    assertTrue(ramp(60, 1, 0, 30) < 0.5);
  }

  @Test
  void leakThatBeginsAfterAQuietTimeIsNoticedWithinTheLead() {
    assertTrue(ramp(60, 0.2, 500, 60) < 0.6);
  }

  @Test
  void levelThatShiftedIsFollowedAtOnceAndForecastAgainLater() {
    var random = new Random(5);
    double[] shifted = Signals.of(1_200, i -> (i < 300 ? 10 : 90) + random.nextGaussian());

    assertTrue(Signals.measure(LEAN, 3, shifted, 312).error() < 1);
    assertTrue(Signals.measure(LEAN, 3, shifted, 700).error() < 0.85);
  }

  @Test
  void timeOfDayIsRemembered() {
    var random = new Random(6);
    double[] daily =
        Signals.of(
            6 * 288, i -> (i % 288 >= 96 && i % 288 < 150 ? 80 : 20) + random.nextGaussian());

    double lean = Signals.measure(LEAN, 3, daily, 3 * 288).error();
    double rich = Signals.measure(RICH, 3, daily, 3 * 288).error();

    assertTrue(rich < 0.6 && rich < lean, "rich " + rich + ", lean " + lean);
  }

  @Test
  void whatLeavesAMovingWindowIsKnown() {
    var random = new Random(7);
    double[] entered =
        Signals.of(6_000, _ -> random.nextDouble() < 0.1 ? 1 + random.nextInt(3) : 0);
    double[] counted = new double[entered.length];
    for (int i = 1; i < counted.length; i++) {
      counted[i] = counted[i - 1] + entered[i] - (i >= 72 ? entered[i - 72] : 0);
    }

    assertTrue(Signals.measure(RICH, 3, counted, 1_500).error() < 0.7);
  }

  @Test
  void constantSeriesIsAnsweredWithItselfAndNoWidth() {
    var bank = new SeriesBank(RICH);
    int slot = bank.open();
    for (int i = 0; i < 1_000; i++) {
      bank.update(slot, Signals.START + 300L * i, 7.25);
    }

    assertEquals(7.25, bank.forecast(slot));
    assertEquals(7.25, bank.low(slot));
    assertEquals(7.25, bank.high(slot));
    assertEquals(0, bank.deviation(slot));
    assertFalse(bank.isModelled(slot));
  }

  @Test
  void farFromZeroNothingIsLost() {
    double[] near = Signals.walk(3, 500);
    var bank = new SeriesBank(LEAN);
    int low = bank.open();
    int high = bank.open();
    for (int i = 0; i < near.length; i++) {
      bank.update(low, 300L * i, Math.rint(near[i]));
      bank.update(high, 300L * i, 1e15 + Math.rint(near[i]));

      assertEquals(bank.forecast(low), bank.forecast(high) - 1e15, 0.2);
    }
  }

  @Test
  void leadInSecondsIsTimeWhateverTheStep() {
    for (int step : new int[] {15, 60, 300}) {
      var bank = new SeriesBank(Form.lean(new Lead.Seconds(900)));
      int slot = bank.open();
      long second = Signals.START;
      for (int i = 0; i < 400; i++, second += step) {
        bank.update(slot, second, second - Signals.START);
      }

      double ahead = bank.forecast(slot) - (second - step - Signals.START);
      assertTrue(ahead > 800 && ahead < 930, "step " + step + ": " + ahead + " s ahead");
    }
  }

  @Test
  void deviationIsThatOfTheErrors() {
    var random = new Random(8);
    var bank = new SeriesBank(LEAN);
    int slot = bank.open();
    for (int i = 0; i < 2_000; i++) {
      bank.update(slot, 300L * i, 10 + 4 * random.nextGaussian());
    }

    assertEquals(4, bank.deviation(slot), 1);
  }

  /// The error against the truth over that of the last value, so many values into a ramp that
  /// begins after a quiet time; means over seeds.
  private static double ramp(int lead, double slope, int quiet, int into) {
    double error = 0;
    double naive = 0;
    for (long seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var bank = new SeriesBank(Form.lean(new Lead.Steps(lead)));
      int slot = bank.open();
      double value = 0;
      for (int i = 1; i <= quiet + into; i++) {
        value = 100 + slope * Math.max(0, i - quiet) + random.nextGaussian();
        bank.update(slot, Signals.START + 15L * i, value);
      }
      double truth = 100 + slope * (into + lead);
      error += Math.abs(bank.forecast(slot) - truth);
      naive += Math.abs(value - truth);
    }
    return error / naive;
  }
}
