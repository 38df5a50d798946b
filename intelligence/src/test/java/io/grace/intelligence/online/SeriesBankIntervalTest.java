package io.grace.intelligence.online;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// How often the intervals of a bank hold.
class SeriesBankIntervalTest {
  private static final Form FORM = Form.lean(new Lead.Steps(3));

  @Test
  void intervalsHoldNineteenOfTwentyOnNoiseAndOnAWalk() {
    var random = new Random(1);
    double[] noise = Signals.of(4_000, _ -> random.nextGaussian());

    assertEquals(0.95, Signals.measure(FORM, 3, noise, 100).held(), 0.02);
    assertEquals(0.95, Signals.measure(FORM, 3, Signals.walk(2, 4_000), 100).held(), 0.02);
  }

  @Test
  void intervalsHoldAgainSoonAfterTheNoiseHasGrown() {
    var random = new Random(3);
    double[] growing = Signals.of(4_000, i -> (i < 2_000 ? 1 : 6) * random.nextGaussian());

    assertEquals(0.95, Signals.measure(FORM, 3, growing, 2_100).held(), 0.02);
  }

  @Test
  void intervalsHoldAgainAfterTheNoiseHasCeased() {
    var random = new Random(4);
    double[] calming = Signals.of(6_000, i -> (i < 2_000 ? 6 : 1) * random.nextGaussian());

    assertEquals(0.95, Signals.measure(FORM, 3, calming, 2_500).held(), 0.02);
  }

  @Test
  void intervalIsNeverTurnedAround() {
    var random = new Random(5);
    var bank = new SeriesBank(FORM);
    int slot = bank.open();
    for (int i = 0; i < 3_000; i++) {
      bank.update(slot, i, random.nextInt(50) == 0 ? 1e6 * random.nextGaussian() : 0);

      assertTrue(bank.low(slot) <= bank.forecast(slot) && bank.forecast(slot) <= bank.high(slot));
    }
  }
}
