package io.grace.runtime.telemetry;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads one line of a scraped text from left to right.
final class Cursor {
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern WHOLE = Pattern.compile("-?\\d{1,19}");

  /// Enough for any number; a longer token is not one.
  private static final int NUMBER_LENGTH_MAX = 64;

  /// No character of a line.
  private static final char NONE = '\n';

  private final String line;
  private final int number;
  private final boolean isOpenMetrics;
  private int at;

  Cursor(String line, int number, boolean isOpenMetrics) {
    this.line = line;
    this.number = number;
    this.isOpenMetrics = isOpenMetrics;
  }

  boolean isAtEnd() {
    return at >= line.length();
  }

  char peek() {
    return isAtEnd() ? NONE : line.charAt(at);
  }

  void take(char wanted) throws MalformedMetrics {
    if (peek() != wanted) {
      throw malformed("'" + wanted + "' was expected");
    }
    at++;
  }

  void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  void requireEnd() throws MalformedMetrics {
    if (!isAtEnd()) {
      throw malformed("the end was expected");
    }
  }

  String metricName() throws MalformedMetrics {
    return name(true);
  }

  Map<String, String> labels() throws MalformedMetrics {
    take('{');
    skipBlanks();
    var labels = new HashMap<String, String>();
    while (peek() != '}') {
      var label = name(false);
      skipBlanks();
      take('=');
      skipBlanks();
      if (labels.put(label, quoted()) != null) {
        throw malformed("label " + label + " is there twice");
      }
      skipBlanks();
      if (peek() == '}') {
        break;
      }
      take(',');
      skipBlanks();
      if (isOpenMetrics && peek() == '}') {
        throw malformed("a label was expected");
      }
    }
    take('}');
    return labels;
  }

  /// A value, which may be NaN or infinite.
  double number() throws MalformedMetrics {
    var token = token();
    if (token.length() <= NUMBER_LENGTH_MAX) {
      if (DECIMAL.matcher(token).matches()) {
        return Double.parseDouble(token);
      }
      switch (token.toLowerCase(Locale.ROOT)) {
        case "nan" -> {
          return Double.NaN;
        }
        case "inf", "+inf", "infinity", "+infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-inf", "-infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    throw malformed("a number was expected");
  }

  void timestamp() throws MalformedMetrics {
    var token = token();
    if (!(isOpenMetrics ? DECIMAL : WHOLE).matcher(token).matches()) {
      throw malformed("a timestamp was expected");
    }
  }

  private String token() {
    int start = at;
    while (!isAtEnd() && peek() != ' ' && peek() != '\t') {
      at++;
    }
    return line.substring(start, at);
  }

  private String name(boolean colonsAllowed) throws MalformedMetrics {
    int start = at;
    while (isNamePart(peek(), at > start, colonsAllowed)) {
      at++;
    }
    if (at == start) {
      throw malformed("a name was expected");
    }
    return line.substring(start, at);
  }

  private static boolean isNamePart(char c, boolean digitsAllowed, boolean colonsAllowed) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (digitsAllowed && c >= '0' && c <= '9')
        || (colonsAllowed && c == ':');
  }

  private String quoted() throws MalformedMetrics {
    take('"');
    var value = new StringBuilder();
    while (peek() != '"') {
      if (isAtEnd()) {
        throw malformed("a label's value must end with '\"'");
      }
      char c = line.charAt(at++);
      if (c == '\\') {
        unescape(value);
      } else {
        value.append(c);
      }
    }
    at++;
    return value.toString();
  }

  private void unescape(StringBuilder value) throws MalformedMetrics {
    char c = peek();
    switch (c) {
      case '\\', '"' -> value.append(c);
      case 'n' -> value.append('\n');
      default -> {
        // OpenMetrics lets a backslash stand for itself before any other character.
        if (!isOpenMetrics || isAtEnd()) {
          throw malformed("only \\\\, \\\" and \\n may be escaped");
        }
        value.append('\\').append(c);
      }
    }
    at++;
  }

  private MalformedMetrics malformed(String what) {
    return new MalformedMetrics(number, what + " at column " + (at + 1));
  }
}
