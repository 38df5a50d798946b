package io.grace.intelligence.pattern;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EventLogTest {
  private static EventLog log(int[] kinds, double... seconds) {
    return new EventLog(kinds, new int[kinds.length], seconds, 2);
  }

  @Test
  void timeThatFallsIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> log(new int[] {0, 1}, 5, 4));

    assertTrue(e.toString().contains("event 1"), e.toString());
  }

  @Test
  void kindOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> log(new int[] {2}, 5));
  }

  @Test
  void columnsOfDifferentLengthsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> log(new int[] {0, 1}, 5));
  }

  @Test
  void repeatBelongsToTheEpisodeItRepeats() {
    var log = log(new int[] {0, 0, 1, 0, 0}, 0, 8, 9, 16, 40);

    EventLog starts = log.starts(10);

    assertArrayEquals(new double[] {0, 9, 40}, starts.seconds());
  }

  @Test
  void shuffleKeepsWhatAKindDoesByItself() {
    var log = log(new int[] {0, 0, 1, 0}, 0, 8, 9, 100);

    EventLog shuffled = log.shuffled(new Random(1));

    assertArrayEquals(log.counts(), shuffled.counts());
    assertTrue(shuffled.span() <= 101);
  }
}
