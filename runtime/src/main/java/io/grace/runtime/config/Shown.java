package io.grace.runtime.config;

import io.grace.core.model.Argument;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// How values look in messages: quoted, cut, without control characters, and never a secret.
final class Shown {
  /// A line of a terminal must hold the place, the rule and the value.
  private static final int LONGEST = 60;

  private static final Set<String> SECRET =
      Set.of("secret", "client_secret", "password", "sha256", "url", "environment", "headers");

  private Shown() {}

  static String text(String text) {
    return text(text, LONGEST);
  }

  static String text(String text, int longest) {
    var shown = new StringBuilder("'");
    text.codePoints().limit(longest).forEach(c -> shown.appendCodePoint(isPlain(c) ? c : '\uFFFD'));
    return shown.append(text.codePointCount(0, text.length()) > longest ? "…'" : "'").toString();
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c)
        && Character.getType(c) != Character.FORMAT
        && Character.getType(c) != Character.SURROGATE;
  }

  /// The value with a colon in front, or nothing if it must not be shown.
  static String value(String pointer, JsonNode node) {
    if (Pointers.steps(pointer).stream().anyMatch(SECRET::contains)) {
      return "";
    }
    return ": " + value(node);
  }

  private static String value(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> text(node.stringValue());
      case OBJECT -> "a mapping";
      case ARRAY -> "a list";
      case NULL, MISSING -> "nothing";
      default -> node.toString();
    };
  }

  /// A text in quotes, so that `'1'` and `1` differ.
  static String argument(Argument argument) {
    return argument instanceof Argument.Text(String text) ? text(text) : argument.toString();
  }

  /// `1m35s`, the way people write it in the file.
  static String duration(Duration duration) {
    var shown = new StringBuilder();
    part(shown, duration.toDays(), "d");
    part(shown, duration.toHoursPart(), "h");
    part(shown, duration.toMinutesPart(), "m");
    part(shown, duration.toSecondsPart(), "s");
    part(shown, duration.toMillisPart(), "ms");
    return shown.isEmpty() ? "0s" : shown.toString();
  }

  private static void part(StringBuilder shown, long count, String unit) {
    if (count > 0) {
      shown.append(count).append(unit);
    }
  }
}
