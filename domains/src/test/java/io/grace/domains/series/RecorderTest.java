package io.grace.domains.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RecorderTest {
  private static final SeriesId ID = SeriesId.parse("orders/latency_ms");

  private final Recorder recorder = new Recorder(10, 5);

  private double[] values() {
    return recorder.newest(ID, 100).map(Recorded::values).orElse(new double[0]);
  }

  @Test
  void theCellThatMayStillChangeIsNotShown() {
    recorder.add(ID, 100, 1);
    assertEquals(0, values().length);

    recorder.add(ID, 105, 2);
    recorder.add(ID, 110, 3);

    assertArrayEquals(new double[] {2}, values());
    assertEquals(100, recorder.newest(ID, 1).orElseThrow().newest());
  }

  @Test
  void aShortGapKeepsTheValueBeforeIt() {
    recorder.add(ID, 100, 1);
    recorder.add(ID, 130, 4);
    recorder.add(ID, 140, 5);

    assertArrayEquals(new double[] {1, 1, 1, 4}, values());
  }

  @Test
  void aLongGapBeginsAnew() {
    recorder.add(ID, 100, 1);
    recorder.add(ID, 110, 2);
    recorder.add(ID, 300, 3);
    recorder.add(ID, 310, 4);

    assertArrayEquals(new double[] {3}, values());
  }

  @Test
  void onlyTheNewestAreKept() {
    for (int i = 0; i < 20; i++) {
      recorder.add(ID, 100 + 10L * i, i);
    }

    assertArrayEquals(new double[] {14, 15, 16, 17, 18}, values());
  }

  @Test
  void whatIsOlderThanItsSeriesIsPassedOver() {
    recorder.add(ID, 100, 1);
    recorder.add(ID, 110, 2);
    recorder.add(ID, 90, 9);
    recorder.add(ID, 120, 3);

    assertArrayEquals(new double[] {1, 2}, values());
  }

  @Test
  void thereIsRoomForSoManySeriesAndNoMore() {
    for (int i = 0; i < Recorder.SERIES_MAX; i++) {
      assertTrue(recorder.add(SeriesId.parse("s" + i + "/m"), 1, 1));
    }

    assertFalse(recorder.add(ID, 1, 1));
  }

  @Test
  void whatWasRecordedOutlivesARestart() {
    for (int i = 0; i < 4; i++) {
      recorder.add(ID, 100 + 10L * i, i);
    }
    var next = new Recorder(10, 5);
    var coarser = new Recorder(20, 5);

    next.restore(recorder.toBytes());
    coarser.restore(recorder.toBytes());
    next.add(ID, 130, 7);

    assertArrayEquals(new double[] {0, 1, 2}, next.newest(ID, 9).orElseThrow().values());
    assertTrue(coarser.known().isEmpty());
  }

  @Test
  void whatIsNoSeriesIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> SeriesId.parse("orders"));
    assertThrows(IllegalArgumentException.class, () -> new Recorder(0, 5));
  }
}
