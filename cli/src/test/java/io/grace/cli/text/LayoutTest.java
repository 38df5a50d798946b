package io.grace.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  @Test
  void linesBreakAtSpacesAndLongWordsAnywhere() {
    assertEquals(List.of("one two", "three"), Wrap.lines("one two three", 8));
    assertEquals(List.of("abcd", "efgh", "ij"), Wrap.lines("abcdefghij", 4));
    assertEquals(List.of("abcd", "ef"), Wrap.lines("abcd ef", 4));
    assertEquals(List.of(""), Wrap.lines("  ", 4));
  }

  @Test
  void charactersBeyondTheFirstPlaneAreNeverHalved() {
    assertEquals(
        List.of("\ud83d\ude00\ud83d\ude00", "\ud83d\ude00"),
        Wrap.lines("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2));
  }

  @Test
  void crowdedTableWrapsItsWidestColumnAndLosesNothing() {
    var table = new Table("ID", "#N", "WHY").row("r-1", "7", "because the error ratio is high");

    assertEquals(
        List.of("ID   N  WHY", "r-1  7  because the", "        error ratio is", "        high"),
        table.lines(24, false));
  }

  @Test
  void colourChangesNoColumn() {
    var table =
        new Table("A", "B").row(new Table.Cell("x", Tone.BAD), new Table.Cell("y", Tone.PLAIN));

    List<String> painted = table.lines(80, true);

    assertTrue(painted.getLast().contains("\u001b[31mx\u001b[0m"));
    assertEquals(
        table.lines(80, false),
        painted.stream().map(l -> l.replaceAll("\u001b\\[[0-9]*m", "")).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1042, 1042",
    "0.31, 0.31",
    "0.8181818181818182, 0.8182",
    "1412.73, 1413",
    "33.333333333333336, 33.33",
    "-0.5, -0.5",
    "1e20, 1.0E20",
    "0.00001234, 0.00001234"
  })
  void numbersAreShort(double value, String text) {
    assertEquals(text, Figures.number(value));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0ms",
    "999, 999ms",
    "1000, 1s",
    "1250, 1.2s",
    "60000, 1m",
    "61000, 1m01s",
    "3600000, 1h",
    "7620000, 2h07m",
    "90000000, 1d01h",
    "-5, -5ms"
  })
  void durationsAreShort(long ms, String text) {
    assertEquals(text, Figures.duration(Duration.ofMillis(ms)));
  }

  @ParameterizedTest
  @CsvSource({"0, +0ms", "1250, +1.2s", "90250, +1m30.2s", "7620000, +2h07m", "-1000, -1s"})
  void offsetsKeepTenthsUpToAnHour(long ms, String text) {
    assertEquals(text, Figures.offset(Duration.ofMillis(ms)));
  }

  @Test
  void hiddenAndReorderingCharactersAreRemoved() {
    assertEquals(
        "ab c d", Clean.text("a\u001b\u0000\u202e\u200bb\tc\u2028d\u009b\u007f\ufeff\ud800"));
    assertEquals(4_003, Clean.text("x".repeat(10_000)).length());
  }
}
