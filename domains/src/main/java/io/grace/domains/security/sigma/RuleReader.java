package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the document of one rule or filter.
final class RuleReader {
  /// As many as there are rules in three public collections.
  private static final int MOST_FILTERED = 10_000;

  private final Map<?, ?> document;
  private final Placeholders placeholders;

  RuleReader(Map<?, ?> document, Placeholders placeholders) {
    this.document = document;
    this.placeholders = placeholders;
  }

  /// @throws Unusable if the rule cannot be used exactly as it is written
  SigmaRule rule() throws Unusable {
    RuleHead head = head(document);
    Map<?, ?> source = map(document, "logsource");
    Map<?, ?> detection = map(document, "detection");
    if (detection.containsKey("timeframe")) {
      throw new Unusable("timeframe belongs to aggregations; write a correlation instead");
    }
    Map<String, Expr> searches = searches(detection, Set.of("condition"));
    Set<String> shown = new HashSet<>(texts(document, "fields"));
    return new SigmaRule(head, source(source), condition(detection, searches), shown);
  }

  /// @throws Unusable if the filter cannot be used exactly as it is written
  Filter filter() throws Unusable {
    String title = text(document, "title");
    Map<?, ?> filter = map(document, "filter");
    List<String> rules = texts(filter, "rules");
    if (title.isEmpty() || rules.isEmpty() || rules.size() > MOST_FILTERED) {
      throw new Unusable(
          "a filter must have a title and 1–%d rules by id or name: %s"
              .formatted(MOST_FILTERED, rules.size()));
    }
    Map<String, Expr> searches = searches(filter, Set.of("condition", "rules"));
    if (filter.get("condition") instanceof String condition) {
      LogSource source = source(map(document, "logsource"));
      return new Filter(title, rules, source, ConditionParser.parse(condition, searches));
    }
    throw new Unusable("a filter must have one condition: " + filter.get("condition"));
  }

  private Map<String, Expr> searches(Map<?, ?> section, Set<String> others) throws Unusable {
    Map<String, Expr> searches = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : section.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (!others.contains(name)) {
        searches.put(name, search(name, entry.getValue()));
      }
    }
    return searches;
  }

  static RuleHead head(Map<?, ?> document) throws Unusable {
    String title = text(document, "title");
    if (title.isEmpty()) {
      throw new Unusable("title is missing");
    }
    String name = text(document, "name");
    String id = text(document, "id");
    if (id.isEmpty() && name.isEmpty()) {
      throw new Unusable("id or name is missing: " + title);
    }
    String level = text(document, "level");
    return new RuleHead(
        id.isEmpty() ? name : id,
        name,
        title,
        level.isEmpty() ? Level.INFORMATIONAL : Level.of(level),
        texts(document, "tags"));
  }

  private static LogSource source(Map<?, ?> source) throws Unusable {
    LogSource read = readSource(source);
    if (read.equals(LogSource.ANY)) {
      throw new Unusable("logsource needs a category, product or service");
    }
    return read;
  }

  static LogSource readSource(Map<?, ?> source) throws Unusable {
    return new LogSource(
        text(source, "category").toLowerCase(Locale.ROOT),
        text(source, "product").toLowerCase(Locale.ROOT),
        text(source, "service").toLowerCase(Locale.ROOT));
  }

  private Expr condition(Map<?, ?> detection, Map<String, Expr> searches) throws Unusable {
    Object condition = detection.get("condition");
    List<?> each = condition instanceof List<?> list ? list : List.of(text(detection, "condition"));
    List<Expr> any = new ArrayList<>();
    for (Object one : each) {
      any.add(ConditionParser.parse(String.valueOf(one), searches));
    }
    if (any.isEmpty()) {
      throw new Unusable("detection needs a condition");
    }
    return Expr.any(any);
  }

  private Expr search(String name, @Nullable Object value) throws Unusable {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      List<Expr> all = new ArrayList<>();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        all.add(FieldTest.of(String.valueOf(entry.getKey()), entry.getValue(), placeholders));
      }
      return Expr.all(all);
    }
    if (value instanceof List<?> list && !list.isEmpty()) {
      List<Expr> any = new ArrayList<>();
      for (Object one : list) {
        any.add(one instanceof Map<?, ?> ? search(name, one) : keyword(name, one));
      }
      return Expr.any(any);
    }
    if (value instanceof String) {
      return keyword(name, value);
    }
    throw new Unusable("the search " + name + " must be a map or a list that is not empty");
  }

  private Expr keyword(String name, @Nullable Object value) throws Unusable {
    if (value == null || value instanceof List<?>) {
      throw new Unusable("the search " + name + " must list texts or maps");
    }
    return FieldTest.of("", value, placeholders);
  }

  static Map<?, ?> map(Map<?, ?> document, String key) throws Unusable {
    if (document.get(key) instanceof Map<?, ?> map && !map.isEmpty()) {
      return map;
    }
    throw new Unusable(key + " must be a map that is not empty");
  }

  /// @return empty if it is missing
  static String text(Map<?, ?> document, String key) throws Unusable {
    Object value = document.get(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw new Unusable(key + " must be a text");
    }
    return value == null ? "" : value.toString().strip();
  }

  static List<String> texts(Map<?, ?> document, String key) throws Unusable {
    Object value = document.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof List<?> list)) {
      throw new Unusable(key + " must be a list");
    }
    return list.stream().map(String::valueOf).toList();
  }
}
