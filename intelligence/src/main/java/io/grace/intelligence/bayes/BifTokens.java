package io.grace.intelligence.bayes;

import java.util.Locale;

/// The words and marks of a BIF text, with the line each is on. *Owned by the parser.*
final class BifTokens {
  private static final String MARKS = "{}()[],;|";

  private final String text;
  private int at;
  private int line = 1;
  private int lineOfToken = 1;
  private String token = "";
  private boolean isAtEnd;
  private boolean isQuoted;

  BifTokens(String text) {
    this.text = text;
    advance();
  }

  boolean isAtEnd() {
    return isAtEnd;
  }

  int line() {
    return lineOfToken;
  }

  /// Whether a mark or a word comes next; what is quoted is neither.
  boolean isNext(String wanted) {
    return !isAtEnd && !isQuoted && token.equals(wanted);
  }

  /// Takes it if it comes next.
  boolean takes(String wanted) {
    if (!isNext(wanted)) {
      return false;
    }
    advance();
    return true;
  }

  void take(String wanted) {
    if (!takes(wanted)) {
      throw wrong("wanted '" + wanted + "'");
    }
  }

  /// A name, quoted or not.
  String name(String what) {
    boolean isMark = !isQuoted && token.length() == 1 && MARKS.indexOf(token.charAt(0)) >= 0;
    if (isAtEnd || isMark || token.isEmpty()) {
      throw wrong("wanted " + what);
    }
    String name = token;
    advance();
    return name;
  }

  double number() {
    // Double.parseDouble also takes hexadecimal and a letter for the type at the end.
    boolean isPlain = token.chars().allMatch(c -> "+-.0123456789eE".indexOf(c) >= 0);
    try {
      double number = isPlain && !isAtEnd ? Double.parseDouble(token) : -1;
      if (number >= 0 && number <= 1 + Network.ROUNDING) {
        advance();
        return number;
      }
    } catch (NumberFormatException noNumber) {
      // Said below, with the line.
    }
    throw wrong("wanted a probability in [0, 1]");
  }

  int count(int most) {
    boolean isCount = token.matches("[0-9]{1,6}");
    int count = isCount ? Integer.parseInt(token) : 0;
    if (count < 1 || count > most) {
      throw wrong("wanted a count from 1 to " + most);
    }
    advance();
    return count;
  }

  /// Whatever there is up to the next semicolon, which is taken too.
  void skipStatement() {
    while (!isNext(";")) {
      if (isAtEnd || isNext("}")) {
        throw wrong("wanted ';'");
      }
      advance();
    }
    advance();
  }

  IllegalArgumentException wrong(String wanted) {
    return at(lineOfToken, wanted + ": " + (isAtEnd ? "the text ends" : "'" + shown() + "'"));
  }

  static IllegalArgumentException at(int line, String message) {
    return new IllegalArgumentException(String.format(Locale.ROOT, "line %d: %s", line, message));
  }

  private String shown() {
    return token.length() <= 40 ? token : token.substring(0, 40) + "…";
  }

  private void advance() {
    skipBlanks();
    lineOfToken = line;
    isQuoted = false;
    isAtEnd = at == text.length();
    if (isAtEnd) {
      token = "";
    } else if (text.charAt(at) == '"') {
      quoted();
    } else {
      int from = at++;
      if (MARKS.indexOf(text.charAt(from)) < 0) {
        while (at < text.length() && isOfWord(text.charAt(at))) {
          at++;
        }
      }
      token = text.substring(from, at);
    }
  }

  private void quoted() {
    int from = ++at;
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      at++;
    }
    if (at == text.length() || text.charAt(at) != '"') {
      throw at(line, "wanted a closing '\"'");
    }
    token = text.substring(from, at++);
    isQuoted = true;
  }

  private static boolean isOfWord(char c) {
    return !Character.isWhitespace(c) && c != '"' && MARKS.indexOf(c) < 0;
  }

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        at++;
      } else if (Character.isWhitespace(c)) {
        at++;
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        skipComment();
      } else {
        return;
      }
    }
  }

  private void skipComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw at(line, "wanted '*/'");
    }
    for (; at < end + 2; at++) {
      line += text.charAt(at) == '\n' ? 1 : 0;
    }
  }
}
