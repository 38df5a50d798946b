package io.grace.domains.ml;

import io.grace.domains.ml.Tracking.Run;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Reads what `runs/search` takes as a filter: comparisons of a column with a constant, joined by
/// `AND`. *Owned by the caller.*
///
/// Modelled on MLflow's documentation "Search Runs". A run without the metric, parameter or tag
/// matches nothing, not even `!=`. Not read: datasets, `IS NULL`.
final class RunFilter {
  private static final List<String> NUMERIC = List.of("=", "!=", "<", "<=", ">", ">=");
  private static final List<String> TEXTUAL = List.of("=", "!=", "LIKE", "ILIKE");

  private final Tokens tokens;

  private RunFilter(Tokens tokens) {
    this.tokens = tokens;
  }

  /// @throws Refused if it is none
  static Predicate<Run> read(String filter) throws Refused {
    if (filter.isBlank()) {
      return _ -> true;
    }
    var all = new ArrayList<Predicate<Run>>();
    var reader = new RunFilter(Tokens.of("filter", filter));
    do {
      all.add(reader.comparison());
    } while (reader.tokens.takeWord("AND"));
    reader.tokens.requireEnd();
    return run -> all.stream().allMatch(p -> p.test(run));
  }

  private Predicate<Run> comparison() throws Refused {
    Column column = tokens.column();
    String operator = operator();
    boolean isList = operator.equals("IN") || operator.equals("NOT IN");
    boolean isFit =
        isList ? column.isId() : (column.isNumber() ? NUMERIC : TEXTUAL).contains(operator);
    if (!isFit) {
      throw Refused.invalid(
          "Invalid comparator '%s' for %s; wanted one of %s"
              .formatted(
                  operator,
                  column.key(),
                  column.isNumber()
                      ? NUMERIC
                      : column.isId() ? TEXTUAL + ", IN, NOT IN" : TEXTUAL));
    }
    if (isList) {
      Set<String> wanted = texts();
      return run -> wanted.contains(run.info().id()) == operator.equals("IN");
    }
    return column.isNumber() ? number(column, operator) : text(column, operator);
  }

  private String operator() throws Refused {
    Optional<String> sign = tokens.takeSign();
    if (sign.isPresent()) {
      return sign.get();
    }
    for (String word : List.of("LIKE", "ILIKE", "IN")) {
      if (tokens.takeWord(word)) {
        return word;
      }
    }
    if (tokens.takeWord("NOT") && tokens.takeWord("IN")) {
      return "NOT IN";
    }
    throw tokens.unexpected("a comparator");
  }

  private Predicate<Run> number(Column column, String operator) throws Refused {
    double value = tokens.number();
    if (column.isTime() && value != Math.rint(value)) {
      throw Refused.invalid(column.key() + " is in whole milliseconds: " + value);
    }
    return run -> {
      var is = column.number(run);
      return is.isPresent() && holds(is.getAsDouble(), operator, value);
    };
  }

  private static boolean holds(double is, String operator, double value) {
    return switch (operator) {
      case "=" -> is == value;
      case "!=" -> is != value;
      case "<" -> is < value;
      case "<=" -> is <= value;
      case ">" -> is > value;
      case ">=" -> is >= value;
      default -> throw new IllegalStateException("no comparator of numbers: " + operator);
    };
  }

  private Predicate<Run> text(Column column, String operator) throws Refused {
    String value = tokens.text();
    var like = new Like(value, operator.equals("ILIKE"));
    return run -> {
      Optional<String> is = column.text(run);
      return is.isPresent()
          && switch (operator) {
            case "=" -> is.get().equals(value);
            case "!=" -> !is.get().equals(value);
            case "LIKE", "ILIKE" -> like.matches(is.get());
            default -> throw new IllegalStateException("no comparator of texts: " + operator);
          };
    };
  }

  private Set<String> texts() throws Refused {
    tokens.require("(");
    var all = new HashSet<String>();
    do {
      all.add(tokens.text());
    } while (tokens.take(","));
    tokens.require(")");
    return all;
  }

  /// Reads `metrics.rmse DESC`.
  ///
  /// @throws Refused if it is none
  static RunOrder order(String clause) throws Refused {
    var tokens = Tokens.of("order_by", clause);
    Column column = tokens.column();
    boolean isDescending = tokens.takeWord("DESC");
    if (!isDescending) {
      tokens.takeWord("ASC");
    }
    tokens.requireEnd();
    return new RunOrder(column, isDescending);
  }
}
