package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Relation;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A rule about how firings of other rules follow each other. *Immutable.*
///
/// @param rules that it is about, by id or name, in order
/// @param groupBy fields or aliases; each combination of their values is counted by itself
/// @param field whose values are counted; empty if events are
/// @param percentile in (0, 100], of [Kind#VALUE_PERCENTILE]
/// @param conditions all of which the number must meet
/// @param aliases by alias and rule, the field that is meant
/// @param generate whether the rules that it is about also tell of themselves
record Correlation(
    RuleHead head,
    Kind kind,
    List<String> rules,
    List<String> groupBy,
    Duration timespan,
    String field,
    double percentile,
    List<Condition> conditions,
    Map<String, Map<String, String>> aliases,
    boolean generate) {
  Correlation {
    rules = List.copyOf(rules);
    groupBy = List.copyOf(groupBy);
    conditions = List.copyOf(conditions);
    aliases = Map.copyOf(aliases);
  }

  enum Kind {
    EVENT_COUNT,
    VALUE_COUNT,
    TEMPORAL,
    TEMPORAL_ORDERED,
    VALUE_SUM,
    VALUE_AVG,
    VALUE_MIN,
    VALUE_MAX,
    VALUE_MEDIAN,
    VALUE_PERCENTILE;

    static Kind of(String word) throws Unusable {
      return Arrays.stream(values())
          .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(() -> new Unusable("there is no correlation of type " + word));
    }

    boolean isTemporal() {
      return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }

    boolean needsField() {
      return !isTemporal() && this != EVENT_COUNT;
    }
  }

  record Condition(Relation relation, double value) {}

  boolean holds(double number) {
    return conditions.stream().allMatch(c -> c.relation.holds(number, c.value));
  }

  /// Whether more events can make it untrue, so that it is known only when the time is over.
  boolean isJudgedAtEnd() {
    return !kind.isTemporal()
        && conditions.stream()
            .anyMatch(
                c -> Set.of(Relation.LESS, Relation.AT_MOST, Relation.EQUAL).contains(c.relation));
  }

  /// The field of an event that fits a rule by which it is grouped.
  ///
  /// @param name a field or an alias
  String fieldOf(String name, RuleHead rule) {
    Map<String, String> byRule = aliases.get(name);
    if (byRule == null) {
      return name;
    }
    return byRule.getOrDefault(rule.name(), byRule.getOrDefault(rule.id(), name));
  }
}
