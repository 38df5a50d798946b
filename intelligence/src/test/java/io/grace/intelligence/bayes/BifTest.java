package io.grace.intelligence.bayes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BifTest {
  private static final String TEXT =
      """
      // Whether the grass is wet.
      network "wet grass" {
        property author somebody;
      }
      variable rain {
        type discrete [ 2 ] { yes, no };
        property position = (1, 2);
      }
      variable grass { type discrete [3] { dry, <5mm, "very wet" }; }
      /* The cause
         first. */
      probability ( rain ) { table 0.2, 0.8; }
      probability ( grass | rain ) {
        (yes) 0.1, 0.3, 0.6;
        (no) 0.9, 5e-2, 0.05;
      }
      """;

  private static void refused(String text, String message) {
    var wrong = assertThrows(IllegalArgumentException.class, () -> Bif.parse(text));
    assertEquals(message, wrong.getMessage());
  }

  private static void refused(String old, String with, String message) {
    assertTrue(TEXT.contains(old), old);
    refused(TEXT.replace(old, with), message);
  }

  @Test
  void readsNamesQuotedOrNotCommentsAndProperties() {
    Network network = Bif.parse(TEXT);

    assertEquals(List.of("dry", "<5mm", "very wet"), network.node(1).states());
    assertArrayEquals(
        new double[] {0.1, 0.3, 0.6, 0.9, 0.05, 0.05}, network.node(1).table(), 1e-15);
    assertArrayEquals(new int[] {0}, network.node(1).parents());
  }

  @Test
  void wholeTableHasTheVariableItselfSlowest() {
    int rows = TEXT.indexOf("  (yes)");
    String text = TEXT.substring(0, rows) + "table 0.1, 0.9, 0.3, 0.05, 0.6, 0.05; }";

    assertArrayEquals(Bif.parse(TEXT).node(1).table(), Bif.parse(text).node(1).table());
  }

  @Test
  void defaultFillsRowsThatAreMissing() {
    Network network = Bif.parse(TEXT.replace("(no) 0.9, 5e-2, 0.05", "default 0.5, 0.5, 0"));

    assertArrayEquals(new double[] {0.1, 0.3, 0.6, 0.5, 0.5, 0}, network.node(1).table(), 1e-15);
  }

  @Test
  void rowsOfRoundedNumbersAreNormalised() {
    Network network = Bif.parse(TEXT.replace("0.2, 0.8", "0.2000002, 0.8"));

    assertEquals(1, network.node(0).table()[0] + network.node(0).table()[1], 1e-15);
  }

  @Test
  void whatIsWrongIsSaidWithItsLine() {
    refused(
        "(yes) 0.1",
        "(maybe) 0.1",
        "line 14: wanted one of [yes, no] for parent 1 of grass: 'maybe'");
    refused("(no) 0.9", "(yes) 0.9", "line 15: grass has two rows for (yes)");
    refused("  (no) 0.9, 5e-2, 0.05;\n", "", "line 13: grass has no row for (no)");
    refused("0.2, 0.8", "0.2, 0.7", "line 12: a row of rain must sum to 1: 0.8999999999999999");
    refused("0.2, 0.8", "0.2", "line 12: wanted ',': ';'");
    refused("0.2, 0.8", "0.2, 0.8, 0", "line 12: wanted ';': ','");
    refused("0.2, 0.8", "0.2, 0x8p-1", "line 12: wanted a probability in [0, 1]: '0x8p-1'");
    refused("0.2, 0.8", "0.2, NaN", "line 12: wanted a probability in [0, 1]: 'NaN'");
    refused("grass | rain", "grass | snow", "line 13: no variable is named snow");
    refused(
        "grass | rain", "grass | grass", "line 13: grass depends twice on, or is itself, grass");
    refused("yes, no", "yes, yes", "line 5: a state of rain is named twice");
    refused("[ 2 ]", "[ 0 ]", "line 6: wanted a count from 1 to 1024: '0'");
    refused("[ 2 ]", "[ 3 ]", "line 6: wanted ',': '}'");
    refused("variable grass", "variable rain", "line 9: rain is declared twice");
    refused("probability ( rain ) { table 0.2, 0.8; }", "", "line 5: rain has no probability");
    refused("\"very wet\"", "\"very wet", "line 9: wanted a closing '\"'");
    refused("first. */", "", "line 10: wanted '*/'");
    refused("network", "net", "line 2: wanted 'network': 'net'");
  }

  @Test
  void textThatEndsTooSoonIsRefused() {
    for (int end = 0; end < TEXT.lastIndexOf('}'); end++) {
      String part = TEXT.substring(0, end);
      assertThrows(IllegalArgumentException.class, () -> Bif.parse(part), part);
    }
  }

  @Test
  void circlesAreRefused() {
    refused(
        "probability ( rain ) { table 0.2, 0.8; }",
        "probability ( rain | grass ) { default 0.2, 0.8; }",
        "rain is among its own ancestors");
  }

  @Test
  void tablesThatDoNotFitAreRefusedBeforeTheyAreMade() {
    var text = new StringBuilder("network n { }\n");
    var parents = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append("variable v" + i + " { type discrete [2] { a, b }; }\n");
      parents.append(i == 0 ? "" : i == 1 ? " | v1" : ", v" + i);
    }
    text.append("probability ( v0" + parents + ") { default 1, 0; }");

    refused(
        text.toString(),
        "line 32: a table has at most 16777216 cells, all together at most 67108864: v0");
  }
}
