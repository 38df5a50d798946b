package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.List;

/// Finds texts of which at least one stands in whatever a regular expression finds, so that the
/// expression is asked only where one of them does. Careful rather than clever: what it does not
/// understand it does not use.
final class RegexLiterals {
  /// More alternatives than this are no filter.
  private static final int MOST = 64;

  /// Values are seldom longer than this anyway.
  private static final int LONGEST = 4_096;

  /// More forms of one text are not followed.
  private static final int MOST_FORMS = 16;

  private static final String CLASSES = "dwsDWS";
  private static final String PLACES = "bBAz";
  private static final String CONTROLS = "ntrf";
  private static final String CONTROL_CHARS = "\n\t\r\f";

  private final String regex;
  private int at;

  private RegexLiterals(String regex) {
    this.regex = regex;
  }

  /// What was met is beyond this reader.
  private static final class NotUnderstood extends Exception {
    private static final long serialVersionUID = 1;

    NotUnderstood() {
      super("not understood", null, false, false);
    }
  }

  /// One piece of an expression.
  ///
  /// @param chars the characters of which it is one, folded; empty if it is anything else
  /// @param needs one of these stands in what it finds; empty if nothing is known
  /// @param length the fewest characters that it finds
  private record Piece(String chars, List<String> needs, int length) {
    /// A character of some kind.
    static final Piece ONE = new Piece("", List.of(), 1);

    /// A place between characters.
    static final Piece PLACE = new Piece("", List.of(), 0);

    static Piece of(char c) {
      return new Piece(String.valueOf(Fold.fold(c)), List.of(), 1);
    }
  }

  /// What an expression needs to find anything.
  ///
  /// @param texts folded, of which one must be there; none if nothing is known
  /// @param length the fewest characters that it finds
  record Needs(List<String> texts, int length) {
    static final Needs NOTHING = new Needs(List.of(), 0);
  }

  static Needs of(String regex) {
    var reader = new RegexLiterals(regex);
    try {
      Needs needs = reader.alternatives();
      return reader.at == regex.length() ? needs : Needs.NOTHING;
    } catch (NotUnderstood | StringIndexOutOfBoundsException _) {
      return Needs.NOTHING;
    }
  }

  private Needs alternatives() throws NotUnderstood {
    Needs first = sequence();
    List<String> texts = new ArrayList<>(first.texts);
    boolean isKnown = !texts.isEmpty();
    int length = first.length;
    while (at < regex.length() && regex.charAt(at) == '|') {
      at++;
      Needs branch = sequence();
      isKnown &= !branch.texts.isEmpty();
      texts.addAll(branch.texts);
      length = Math.min(length, branch.length);
    }
    return new Needs(isKnown && texts.size() <= MOST ? List.copyOf(texts) : List.of(), length);
  }

  private Needs sequence() throws NotUnderstood {
    int length = 0;
    List<String> best = List.of();
    List<String> run = List.of();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      Piece piece = piece();
      int least = least();
      length += Math.min(least == ONCE ? 1 : least, LONGEST) * piece.length;
      boolean isText = !piece.chars.isEmpty() && least > 0;
      if (isText && run.size() * piece.chars.length() > MOST_FORMS) {
        best = better(best, run);
        run = List.of();
      }
      if (isText) {
        run = extended(run, piece.chars);
      }
      if (!isText || least != ONCE) {
        best = better(best, run);
        run = List.of();
      }
      if (least > 0) {
        best = better(best, piece.needs);
      }
    }
    return new Needs(better(best, run), Math.min(length, LONGEST));
  }

  private static List<String> extended(List<String> run, String chars) {
    List<String> begun = run.isEmpty() ? List.of("") : run;
    List<String> forms = new ArrayList<>();
    for (String text : begun) {
      for (char c : chars.toCharArray()) {
        forms.add(text + c);
      }
    }
    return forms;
  }

  private static List<String> better(List<String> one, List<String> other) {
    return weight(other) > weight(one) ? other : one;
  }

  private static int weight(List<String> needs) {
    int shortest = needs.stream().mapToInt(String::length).min().orElse(0);
    return shortest * MOST - needs.size();
  }

  private static final int ONCE = Integer.MAX_VALUE;

  /// Reads a quantifier, if there is one: how often at least, or exactly once.
  private int least() throws NotUnderstood {
    if (at >= regex.length()) {
      return ONCE;
    }
    int least;
    switch (regex.charAt(at)) {
      case '*', '?' -> least = 0;
      case '+' -> least = 1;
      case '{' -> {
        int end = regex.indexOf('}', at);
        String digits = regex.substring(at + 1, end).split(",", -1)[0];
        if (!digits.matches("\\d{1,4}")) {
          throw new NotUnderstood();
        }
        least = Integer.parseInt(digits);
        at = end;
      }
      default -> {
        return ONCE;
      }
    }
    at++;
    if (at < regex.length() && (regex.charAt(at) == '?' || regex.charAt(at) == '+')) {
      at++;
    }
    return least;
  }

  private Piece piece() throws NotUnderstood {
    char c = regex.charAt(at++);
    return switch (c) {
      case '.' -> Piece.ONE;
      case '^', '$' -> Piece.PLACE;
      case '[' -> characters();
      case '(' -> group();
      case '\\' -> escape();
      case '*', '+', '?', '{' -> throw new NotUnderstood();
      default -> Piece.of(c);
    };
  }

  private Piece escape() throws NotUnderstood {
    char c = regex.charAt(at++);
    if (CLASSES.indexOf(c) >= 0) {
      return Piece.ONE;
    }
    if (PLACES.indexOf(c) >= 0) {
      return Piece.PLACE;
    }
    if (CONTROLS.indexOf(c) >= 0) {
      return Piece.of(CONTROL_CHARS.charAt(CONTROLS.indexOf(c)));
    }
    if (Character.isLetterOrDigit(c)) {
      throw new NotUnderstood();
    }
    return Piece.of(c);
  }

  private Piece group() throws NotUnderstood {
    if (regex.startsWith("?:", at)) {
      at += 2;
    } else if (regex.startsWith("?i)", at)) {
      at += 3;
      return Piece.PLACE;
    } else if (regex.charAt(at) == '?') {
      throw new NotUnderstood();
    }
    Needs needs = alternatives();
    if (regex.charAt(at++) != ')') {
      throw new NotUnderstood();
    }
    return new Piece("", needs.texts, needs.length);
  }

  /// A class of few characters is as good as the characters.
  private Piece characters() throws NotUnderstood {
    StringBuilder chars = new StringBuilder();
    boolean isList = true;
    if (regex.charAt(at) == '^') {
      isList = false;
      at++;
    }
    for (boolean isFirst = true; isFirst || regex.charAt(at) != ']'; isFirst = false) {
      char c = regex.charAt(at++);
      if (c == '[' || c == '&') {
        throw new NotUnderstood();
      }
      if (c == '\\') {
        c = regex.charAt(at++);
        isList &= !Character.isLetterOrDigit(c);
      } else if (c == '-') {
        // A range, or a dash at an end.
        isList = false;
      }
      if (chars.indexOf(String.valueOf(Fold.fold(c))) < 0) {
        chars.append(Fold.fold(c));
      }
    }
    at++;
    return isList && chars.length() <= MOST_FORMS
        ? new Piece(chars.toString(), List.of(), 1)
        : Piece.ONE;
  }
}
