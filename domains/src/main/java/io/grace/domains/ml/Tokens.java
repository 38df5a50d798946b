package io.grace.domains.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parts of a filter or an order, taken one by one. *Owned by the caller.*
final class Tokens {
  /// MLflow names no limit; no person writes so much, and each comparison is tried on each run.
  static final int LONGEST = 5_000;

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>'[^']*'|\"[^\"]*\"|`[^`]*`)"
              + "|(?<number>[-+]?(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][-+]?\\d+)?(?![\\w.]))"
              + "|(?<word>[A-Za-z_]\\w*)"
              + "|(?<sign><=|>=|!=|<|>|=)"
              + "|(?<mark>[.(),])");

  private enum Kind {
    TEXT,
    NUMBER,
    WORD,
    SIGN,
    MARK,
    END
  }

  private record Token(Kind kind, String text) {}

  private static final Token END = new Token(Kind.END, "the end");

  private final String what;
  private final String whole;
  private final List<Token> tokens;
  private int next;

  private Tokens(String what, String whole, List<Token> tokens) {
    this.what = what;
    this.whole = whole;
    this.tokens = tokens;
  }

  /// @param what for messages: `filter` or `order_by`
  static Tokens of(String what, String text) throws Refused {
    if (text.length() > LONGEST) {
      throw Refused.invalid(what + " has at most " + LONGEST + " characters: " + text.length());
    }
    var tokens = new ArrayList<Token>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (true) {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      if (at == text.length()) {
        return new Tokens(what, text, tokens);
      }
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw Refused.invalid(
            "Invalid %s '%s': cannot read on at '%s'".formatted(what, text, text.substring(at)));
      }
      tokens.add(new Token(kind(matcher), matcher.group()));
      at = matcher.end();
    }
  }

  private static Kind kind(Matcher matcher) {
    for (Kind kind : Kind.values()) {
      if (kind != Kind.END && matcher.group(kind.name().toLowerCase(Locale.ROOT)) != null) {
        return kind;
      }
    }
    throw new IllegalStateException("a token of no kind: " + matcher.group());
  }

  private Token peek() {
    return next < tokens.size() ? tokens.get(next) : END;
  }

  /// Whether the next is this keyword, in any case; then it is taken.
  boolean takeWord(String word) {
    return takeIf(peek().kind() == Kind.WORD && peek().text().equalsIgnoreCase(word));
  }

  boolean take(String mark) {
    return takeIf(peek().kind() == Kind.MARK && peek().text().equals(mark));
  }

  Optional<String> takeSign() {
    String sign = peek().text();
    return takeIf(peek().kind() == Kind.SIGN) ? Optional.of(sign) : Optional.empty();
  }

  private boolean takeIf(boolean is) {
    if (is) {
      next++;
    }
    return is;
  }

  void require(String mark) throws Refused {
    if (!take(mark)) {
      throw unexpected("'" + mark + "'");
    }
  }

  void requireEnd() throws Refused {
    if (peek().kind() != Kind.END) {
      throw unexpected(what.equals("filter") ? "AND or the end" : "ASC, DESC or the end");
    }
  }

  /// `metrics.rmse`, `tags.mlflow.user`, ``params.`a b` ``, `status`.
  Column column() throws Refused {
    if (peek().kind() != Kind.WORD) {
      throw unexpected("metrics, params, tags or attributes");
    }
    String first = tokens.get(next++).text();
    if (!take(".")) {
      return Column.of("", first);
    }
    Token name = peek();
    boolean isQuoted = name.kind() == Kind.TEXT && !name.text().startsWith("'");
    if (!isQuoted && name.kind() != Kind.WORD) {
      throw unexpected("a name after '" + first + ".'");
    }
    next++;
    if (isQuoted) {
      return Column.of(first, bare(name));
    }
    var key = new StringBuilder(name.text());
    while (take(".")) {
      if (peek().kind() != Kind.WORD) {
        throw unexpected("a name after '" + first + "." + key + ".'");
      }
      key.append('.').append(tokens.get(next++).text());
    }
    return Column.of(first, key.toString());
  }

  double number() throws Refused {
    if (peek().kind() != Kind.NUMBER) {
      throw unexpected("a number");
    }
    return Double.parseDouble(tokens.get(next++).text());
  }

  /// In single or double quotes.
  String text() throws Refused {
    if (peek().kind() != Kind.TEXT || peek().text().startsWith("`")) {
      throw unexpected("a text in quotes");
    }
    return bare(tokens.get(next++));
  }

  private static String bare(Token quoted) {
    return quoted.text().substring(1, quoted.text().length() - 1);
  }

  Refused unexpected(String wanted) {
    return Refused.invalid(
        "Invalid %s '%s': wanted %s, found %s".formatted(what, whole, wanted, peek().text()));
  }
}
