package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.List;

/// Finds texts of which at least one stands in whatever a regular expression finds, so that the
/// expression is asked only where one of them does. Careful rather than clever: what it does not
/// understand it does not use.
final class RegexLiterals {
  /// More alternatives than this are no filter.
  private static final int MOST = 64;

  /// More forms of one text are not followed.
  private static final int MOST_FORMS = 16;

  private static final String CLASSES = "dwsDWSbBAzZ";
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
  private record Piece(String chars, List<String> needs) {
    static final Piece OPAQUE = new Piece("", List.of());

    static Piece of(char c) {
      return new Piece(String.valueOf(Fold.fold(c)), List.of());
    }
  }

  /// @return folded texts, or none if nothing is known to be necessary
  static List<String> of(String regex) {
    var reader = new RegexLiterals(regex);
    try {
      List<String> needs = reader.alternatives();
      return reader.at == regex.length() ? needs : List.of();
    } catch (NotUnderstood | StringIndexOutOfBoundsException _) {
      return List.of();
    }
  }

  private List<String> alternatives() throws NotUnderstood {
    List<String> needs = new ArrayList<>(sequence());
    boolean isKnown = !needs.isEmpty();
    while (at < regex.length() && regex.charAt(at) == '|') {
      at++;
      List<String> branch = sequence();
      isKnown &= !branch.isEmpty();
      needs.addAll(branch);
    }
    return isKnown && needs.size() <= MOST ? needs : List.of();
  }

  private List<String> sequence() throws NotUnderstood {
    List<String> best = List.of();
    List<String> run = List.of();
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      Piece piece = piece();
      int least = least();
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
    return better(best, run);
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
      case '.', '^', '$' -> Piece.OPAQUE;
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
      return Piece.OPAQUE;
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
      return Piece.OPAQUE;
    } else if (regex.charAt(at) == '?') {
      throw new NotUnderstood();
    }
    List<String> needs = alternatives();
    if (regex.charAt(at++) != ')') {
      throw new NotUnderstood();
    }
    return new Piece("", needs);
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
        ? new Piece(chars.toString(), List.of())
        : Piece.OPAQUE;
  }
}
