package io.grace.runtime.config;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the types of parameters and the values for them.
final class Bounds {
  /// What each type takes besides itself.
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "whole", Set.of("min", "max"),
          "decimal", Set.of("min", "max"),
          "text", Set.of("one_of", "matching"),
          "flag", Set.of());

  private static final Set<String> ALL = Set.of("min", "max", "one_of", "matching");

  private Bounds() {}

  static Optional<Bound> read(Cursor cursor) {
    String type = cursor.at("type").text("");
    var fitting = FIELDS.get(type);
    if (fitting == null) {
      if (!cursor.at("type").isThere()) {
        cursor.problem("lacks 'type'");
      }
      return Optional.empty();
    }
    for (String field : ALL) {
      if (cursor.at(field).isThere() && !fitting.contains(field)) {
        cursor.at(field).problem("does not go with type " + type);
      }
    }
    return switch (type) {
      case "whole" -> whole(cursor);
      case "decimal" -> decimal(cursor);
      case "text" -> text(cursor);
      default -> Optional.of(new Bound.TrueOrFalse());
    };
  }

  private static Optional<Bound> whole(Cursor cursor) {
    var min = cursor.at("min").wholeNumber();
    var max = cursor.at("max").wholeNumber();
    if (min.isEmpty() || max.isEmpty()) {
      cursor.problem("needs min and max, whole numbers");
      return Optional.empty();
    }
    return cursor.make(() -> new Bound.WholeRange(min.get(), max.get()));
  }

  private static Optional<Bound> decimal(Cursor cursor) {
    if (!cursor.at("min").node().isNumber() || !cursor.at("max").node().isNumber()) {
      cursor.problem("needs min and max");
      return Optional.empty();
    }
    return cursor.make(
        () -> new Bound.DecimalRange(cursor.at("min").decimal(0), cursor.at("max").decimal(0)));
  }

  private static Optional<Bound> text(Cursor cursor) {
    boolean isList = cursor.at("one_of").isThere();
    if (isList == cursor.at("matching").isThere()) {
      cursor.problem("needs either one_of or matching, so that not every text is allowed");
      return Optional.empty();
    }
    return isList
        ? cursor.make(() -> new Bound.OneOf(new HashSet<>(cursor.at("one_of").list(Cursor::text))))
        : cursor.at("matching").make(() -> new Bound.Matching(cursor.at("matching").text("")));
  }

  /// The value as it is written: `1` is whole, `1.0` a decimal, `'1'` a text.
  static Optional<Argument> argument(Cursor cursor) {
    var node = cursor.node();
    if (node.isString()) {
      return cursor.make(() -> new Argument.Text(node.stringValue()));
    }
    if (node.isBoolean()) {
      return Optional.of(new Argument.Flag(node.booleanValue()));
    }
    if (node.isIntegralNumber()) {
      return Optional.of(new Argument.Whole(node.longValue()));
    }
    return node.isNumber()
        ? Optional.of(new Argument.Decimal(node.doubleValue()))
        : Optional.empty();
  }

  /// The same, and a whole number where a decimal is wanted is one.
  static Optional<Argument> argument(Cursor cursor, Bound bound) {
    return argument(cursor).map(bound::fitted);
  }
}
