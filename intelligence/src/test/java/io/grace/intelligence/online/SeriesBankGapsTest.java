package io.grace.intelligence.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is missing, late, irregular or beyond all measure.
class SeriesBankGapsTest {
  private static final Form IN_STEPS = Form.lean(new Lead.Steps(3));
  private static final Form IN_TIME = Form.rich(new Lead.Seconds(900));

  @Test
  void missingValueIsPassedOver() {
    var bank = new SeriesBank(IN_TIME);
    int slot = bank.open();
    assertFalse(bank.update(slot, 0, Double.NaN));
    assertTrue(Double.isNaN(bank.forecast(slot)));
    assertTrue(bank.update(slot, 300, 5));

    assertFalse(bank.update(slot, 600, Double.NaN));
    assertFalse(bank.update(slot, 600, Double.POSITIVE_INFINITY));
    assertFalse(bank.update(slot, 600, 1e300));

    assertEquals(5, bank.forecast(slot));
  }

  @Test
  void lateValueIsPassedOver() {
    var bank = new SeriesBank(IN_TIME);
    int slot = bank.open();
    bank.update(slot, 600, 5);

    assertFalse(bank.update(slot, 600, 6));
    assertFalse(bank.update(slot, 300, 6));

    assertEquals(5, bank.forecast(slot));
  }

  @Test
  void missingRowCountsAsAStep() {
    var bank = new SeriesBank(IN_STEPS);
    int slot = bank.open();
    for (int i = 0; i < 400; i++) {
      bank.update(slot, 300L * i, i % 4 == 1 ? Double.NaN : 2.0 * i);
    }

    double ahead = bank.forecast(slot) - 2.0 * 399;
    assertTrue(ahead > 4.5 && ahead < 6.5, "6 wanted: " + ahead);
  }

  @Test
  void halfOfTheValuesAreEnough() {
    var random = new Random(2);
    var bank = new SeriesBank(IN_TIME);
    int slot = bank.open();
    for (int i = 0; i < 2_000; i++) {
      double value = 50 + random.nextGaussian();
      if (random.nextBoolean()) {
        bank.update(slot, 300L * i, value);
      }
    }

    assertTrue(bank.scored(slot) > 300, "scored " + bank.scored(slot));
    assertEquals(50, bank.forecast(slot), 0.7);
    assertEquals(46, bank.low(slot), 4);
    assertEquals(54, bank.high(slot), 4);
  }

  @Test
  void irregularStepsKeepTheirTime() {
    var random = new Random(3);
    var bank = new SeriesBank(IN_TIME);
    int slot = bank.open();
    long second = 0;
    for (int i = 0; i < 600; i++) {
      second += 240 + random.nextInt(120);
      bank.update(slot, second, second / 100.0);
    }

    assertEquals(9, bank.forecast(slot) - second / 100.0, 1);
  }

  @Test
  void longGapIsNoReasonToCarryATrendOn() {
    var bank = new SeriesBank(IN_TIME);
    int slot = bank.open();
    for (int i = 0; i < 100; i++) {
      bank.update(slot, 300L * i, 10.0 * i);
    }

    bank.update(slot, 300L * 100 + 86_400, 5);

    assertTrue(bank.forecast(slot) < 1_100, "forecast " + bank.forecast(slot));
    for (int i = 0; i < 200; i++) {
      bank.update(slot, 300L * 101 + 86_400 + 300L * i, 5);
    }
    assertEquals(5, bank.forecast(slot), 0.1);
  }

  @Test
  void leadAndFormAreWithinTheirBounds() {
    assertThrows(IllegalArgumentException.class, () -> new Lead.Steps(0));
    assertThrows(IllegalArgumentException.class, () -> new Lead.Steps(121));
    assertThrows(IllegalArgumentException.class, () -> new Lead.Seconds(0));
    var lead = new Lead.Steps(3);
    assertThrows(IllegalArgumentException.class, () -> new Form(lead, 0, 0, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Form(lead, 3, -1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new Form(lead, 3, 0, 0, 0));
  }
}
