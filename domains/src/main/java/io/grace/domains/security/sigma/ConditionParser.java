package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Reads a condition such as `selection and not 1 of filter_*`; `not` binds most, then `and`, then
/// `or`.
final class ConditionParser {
  private static final int LONGEST = 4_096;
  private static final int DEEPEST = 30;

  private final Map<String, Expr> searches;
  private final List<String> tokens;
  private int at;
  private int depth;

  private ConditionParser(Map<String, Expr> searches, List<String> tokens) {
    this.searches = searches;
    this.tokens = tokens;
  }

  /// @param searches by their identifiers
  static Expr parse(String condition, Map<String, Expr> searches) throws Unusable {
    if (condition.length() > LONGEST) {
      throw new Unusable("condition must have at most " + LONGEST + " characters");
    }
    if (condition.indexOf('|') >= 0) {
      throw new Unusable("condition must not aggregate; write a correlation instead: " + condition);
    }
    String spaced = condition.replace("(", " ( ").replace(")", " ) ").strip();
    var parser = new ConditionParser(searches, List.of(spaced.split("\\s+")));
    Expr expr = parser.or();
    if (parser.at < parser.tokens.size()) {
      throw new Unusable("condition must end before '" + parser.peek() + "': " + condition);
    }
    return expr;
  }

  private Expr or() throws Unusable {
    List<Expr> of = new ArrayList<>(List.of(and()));
    while (takes("or")) {
      of.add(and());
    }
    return Expr.any(of);
  }

  private Expr and() throws Unusable {
    List<Expr> of = new ArrayList<>(List.of(not()));
    while (takes("and")) {
      of.add(not());
    }
    return Expr.all(of);
  }

  private Expr not() throws Unusable {
    if (++depth > DEEPEST) {
      throw new Unusable("condition must be nested at most " + DEEPEST + " deep");
    }
    Expr expr = takes("not") ? new Expr.Not(not()) : primary();
    depth--;
    return expr;
  }

  private Expr primary() throws Unusable {
    if (takes("(")) {
      Expr expr = or();
      if (!takes(")")) {
        throw new Unusable("condition lacks a closing bracket");
      }
      return expr;
    }
    boolean isQuantified = at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("of");
    if (isQuantified && takes("all")) {
      return Expr.all(chosen());
    }
    if (isQuantified && (takes("1") || takes("any"))) {
      return Expr.any(chosen());
    }
    if (isQuantified) {
      throw new Unusable("condition must ask for 1 of or all of: " + peek() + " of");
    }
    String name = peek();
    Expr search = searches.get(name);
    if (search == null) {
      throw new Unusable("condition names a search that is not there: " + name);
    }
    at++;
    return search;
  }

  private List<Expr> chosen() throws Unusable {
    at++;
    String wanted = peek();
    at++;
    boolean them = wanted.equals("them");
    Pattern pattern =
        Pattern.compile(them ? "[^_].*" : Pattern.quote(wanted).replace("*", "\\E.*\\Q"));
    List<Expr> found =
        searches.entrySet().stream()
            .filter(search -> pattern.matcher(search.getKey()).matches())
            .map(Map.Entry::getValue)
            .toList();
    if (found.isEmpty()) {
      throw new Unusable("condition names searches of which there are none: " + wanted);
    }
    return found;
  }

  private boolean takes(String token) {
    boolean isNext = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
    at += isNext ? 1 : 0;
    return isNext;
  }

  private String peek() {
    return at < tokens.size() ? tokens.get(at) : "the end";
  }
}
