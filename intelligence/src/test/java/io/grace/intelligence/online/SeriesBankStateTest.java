package io.grace.intelligence.online;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What a bank keeps of each series, and that it is each series' own.
class SeriesBankStateTest {
  private static final Form RICH = Form.rich(new Lead.Steps(3));
  private static final double[] VALUES = Signals.walk(11, 900);

  @Test
  void liveStateMovesToAnotherBankWithoutAGapInTheAnswers() {
    for (Form form : new Form[] {Form.lean(new Lead.Seconds(900)), RICH}) {
      var stays = new SeriesBank(form);
      var from = new SeriesBank(form);
      var to = new SeriesBank(form);
      int stayed = stays.open();
      int moved = from.open();
      feed(stays, stayed, VALUES, 0, 500);
      feed(from, moved, VALUES, 0, 500);

      feed(to, to.open(), Signals.walk(1, 50), 0, 50);
      int there = to.open();
      to.importState(there, from.exportState(moved));
      from.free(moved);

      assertSame(stays, stayed, to, there);
      for (int i = 500; i < VALUES.length; i++) {
        feed(stays, stayed, VALUES, i, i + 1);
        feed(to, there, VALUES, i, i + 1);
        assertSame(stays, stayed, to, there);
      }
      assertArrayEquals(stays.exportState(stayed), to.exportState(there));
    }
  }

  @Test
  void stateOfAnotherFormOrVersionOrADamagedOneIsRefusedAndNothingChanges() {
    var bank = new SeriesBank(RICH);
    int slot = bank.open();
    feed(bank, slot, VALUES, 0, 100);
    byte[] good = bank.exportState(slot);
    var other = new SeriesBank(Form.rich(new Lead.Steps(4)));
    byte[] newer = good.clone();
    newer[0]++;
    byte[] damaged = good.clone();
    ByteBuffer.wrap(damaged).putFloat(good.length - Float.BYTES, Float.POSITIVE_INFINITY);

    var form =
        assertThrows(
            IllegalArgumentException.class,
            () -> bank.importState(slot, other.exportState(other.open())));
    assertThrows(IllegalArgumentException.class, () -> bank.importState(slot, newer));
    assertThrows(IllegalArgumentException.class, () -> bank.importState(slot, damaged));
    assertThrows(IllegalArgumentException.class, () -> bank.importState(slot, new byte[3]));

    assertTrue(String.valueOf(form.getMessage()).startsWith("form: wanted [0, 3, 6"));
    assertArrayEquals(good, bank.exportState(slot));
  }

  @Test
  void seriesDoNotTouchEachOther() {
    double[] others = Signals.walk(12, VALUES.length);
    var alone = new SeriesBank(RICH);
    int only = alone.open();
    feed(alone, only, VALUES, 0, VALUES.length);

    var together = new SeriesBank(RICH);
    int other = together.open();
    int one = together.open();
    for (int i = 0; i < VALUES.length; i++) {
      boolean isFirst = i % 3 == 0;
      feed(together, isFirst ? one : other, isFirst ? VALUES : others, i, i + 1);
      feed(together, isFirst ? other : one, isFirst ? others : VALUES, i, i + 1);
    }

    assertArrayEquals(alone.exportState(only), together.exportState(one));
  }

  @Test
  void sameInputGivesSameBytes() {
    var first = new SeriesBank(RICH);
    var second = new SeriesBank(RICH);
    int one = first.open();
    int two = second.open();
    feed(first, one, VALUES, 0, VALUES.length);
    feed(second, two, VALUES, 0, VALUES.length);

    assertArrayEquals(first.exportState(one), second.exportState(two));
  }

  @Test
  void futureDoesNotReachBack() {
    double[] shuffled = VALUES.clone();
    var random = new Random(4);
    for (int i = shuffled.length - 1; i > 450; i--) {
      int j = 450 + random.nextInt(i - 449);
      double kept = shuffled[i];
      shuffled[i] = shuffled[j];
      shuffled[j] = kept;
    }

    double[] answers = answers(VALUES);
    double[] others = answers(shuffled);

    for (int i = 0; i < 450; i++) {
      assertEquals(answers[i], others[i], "row " + i);
    }
    assertFalse(answers[460] == others[460]);
  }

  @Test
  void pointAllocatesNothing() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Form form : new Form[] {Form.lean(new Lead.Seconds(900)), RICH}) {
      var bank = new SeriesBank(form);
      int slot = bank.open();
      feed(bank, slot, VALUES, 0, 600);
      double sum = 0;
      long before = threads.getCurrentThreadAllocatedBytes();

      for (int i = 600; i < VALUES.length; i++) {
        bank.update(slot, Signals.START + 300L * i, VALUES[i]);
        sum += bank.forecast(slot) + bank.low(slot) + bank.high(slot) + bank.deviation(slot);
      }

      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(Double.isFinite(sum));
      assertEquals(0, allocated, "bytes in " + (VALUES.length - 600) + " points");
    }
  }

  @Test
  void leanSeriesIsSmall() {
    assertTrue(new SeriesBank(Form.lean(new Lead.Seconds(900))).bytesPerSeries() <= 350);
  }

  @Test
  void freedSlotIsGivenAgainAndRemembersNothing() {
    var bank = new SeriesBank(RICH);
    int slot = bank.open();
    byte[] empty = bank.exportState(slot);
    feed(bank, slot, VALUES, 0, 100);
    bank.free(slot);

    assertThrows(IllegalArgumentException.class, () -> bank.forecast(slot));
    assertThrows(IllegalArgumentException.class, () -> bank.free(slot));
    assertEquals(0, bank.size());
    assertEquals(slot, bank.open());
    assertTrue(Double.isNaN(bank.forecast(slot)));
    bank.update(slot, 0, 0);
    bank.free(slot);
    bank.open();
    assertEquals(empty.length, bank.exportState(slot).length);
    assertEquals(0, bank.scored(slot));
  }

  @Test
  void bankGrowsOverManyBlocks() {
    var bank = new SeriesBank(RICH);
    for (int i = 0; i < 1_000; i++) {
      int slot = bank.open();
      bank.update(slot, i, i);
    }

    for (int slot = 0; slot < 1_000; slot++) {
      assertEquals(slot, bank.forecast(slot));
    }
  }

  private static void feed(SeriesBank bank, int slot, double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      bank.update(slot, Signals.START + 300L * i, values[i]);
    }
  }

  private static double[] answers(double[] values) {
    var bank = new SeriesBank(RICH);
    int slot = bank.open();
    return Signals.of(
        values.length,
        i -> {
          feed(bank, slot, values, i, i + 1);
          return bank.forecast(slot) + bank.low(slot) + bank.high(slot);
        });
  }

  private static void assertSame(SeriesBank one, int first, SeriesBank other, int second) {
    assertEquals(one.forecast(first), other.forecast(second));
    assertEquals(one.low(first), other.low(second));
    assertEquals(one.high(first), other.high(second));
    assertEquals(one.deviation(first), other.deviation(second));
  }
}
