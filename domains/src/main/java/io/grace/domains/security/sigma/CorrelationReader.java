package io.grace.domains.security.sigma;

import io.grace.domains.security.sigma.Atom.Relation;
import io.grace.domains.security.sigma.Correlation.Condition;
import io.grace.domains.security.sigma.Correlation.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the document of one correlation.
final class CorrelationReader {
  private static final Pattern TIMESPAN = Pattern.compile("(\\d{1,6})([smhd])");
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "rules",
          "group-by",
          "timespan",
          "condition",
          "aliases",
          "generate",
          "field",
          "percentile");

  /// What is counted is kept until the time is over.
  private static final Duration LONGEST = Duration.ofDays(31);

  private final Map<?, ?> document;
  private final Map<?, ?> section;

  CorrelationReader(Map<?, ?> document) throws Unusable {
    this.document = document;
    this.section = RuleReader.map(document, "correlation");
  }

  Correlation correlation() throws Unusable {
    for (Object key : section.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new Unusable("a correlation has no key " + key);
      }
    }
    RuleHead head = RuleReader.head(document);
    Kind kind = Kind.of(RuleReader.text(section, "type"));
    List<String> rules = RuleReader.texts(section, "rules");
    if (rules.isEmpty() || rules.size() > 64) {
      throw new Unusable("rules must be 1–64 ids or names: " + rules.size());
    }
    Map<?, ?> given = section.get("condition") instanceof Map<?, ?> map ? map : Map.of();
    List<Condition> conditions = conditions(given, kind, rules.size());
    String field =
        given.get("field") == null
            ? RuleReader.text(section, "field")
            : RuleReader.text(given, "field");
    if (field.isEmpty() == kind.needsField()) {
      throw new Unusable(
          kind.needsField() ? "condition needs a field" : "condition takes no field");
    }
    return new Correlation(
        head,
        kind,
        rules,
        RuleReader.texts(section, "group-by"),
        timespan(),
        field,
        percentile(given, kind),
        conditions,
        aliases(),
        Boolean.TRUE.equals(flag()));
  }

  private @Nullable Boolean flag() throws Unusable {
    Object generate =
        document.containsKey("generate") ? document.get("generate") : section.get("generate");
    if (generate == null || generate instanceof Boolean) {
      return (Boolean) generate;
    }
    throw new Unusable("generate must be true or false: " + generate);
  }

  private Duration timespan() throws Unusable {
    String text = RuleReader.text(section, "timespan");
    Matcher matcher = TIMESPAN.matcher(text);
    if (!matcher.matches()) {
      throw new Unusable("timespan must be a number and s, m, h or d: " + text);
    }
    long number = Long.parseLong(matcher.group(1));
    Duration timespan =
        switch (matcher.group(2)) {
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (timespan.isZero() || timespan.compareTo(LONGEST) > 0) {
      throw new Unusable("timespan must be 1s–31d: " + text);
    }
    return timespan;
  }

  private static List<Condition> conditions(Map<?, ?> given, Kind kind, int rules) throws Unusable {
    List<Condition> conditions = new ArrayList<>();
    for (Map.Entry<?, ?> entry : given.entrySet()) {
      String key = String.valueOf(entry.getKey());
      if (key.equals("field") || key.equals("percentile")) {
        continue;
      }
      Relation relation = key.equals("eq") ? Relation.EQUAL : FieldTest.relation(key);
      if (relation == null || !(entry.getValue() instanceof Number number)) {
        throw new Unusable("condition must be gt, gte, lt, lte or eq with a number: " + entry);
      }
      conditions.add(new Condition(relation, number.doubleValue()));
    }
    boolean counts = kind == Kind.EVENT_COUNT || kind == Kind.VALUE_COUNT;
    if (counts && conditions.stream().anyMatch(c -> c.value() >= Window.MOST_SAMPLES)) {
      throw new Unusable("a count must be below " + Window.MOST_SAMPLES);
    }
    if (conditions.isEmpty() && !kind.isTemporal()) {
      throw new Unusable("condition must be gt, gte, lt, lte or eq with a number");
    }
    if (conditions.isEmpty()) {
      return List.of(new Condition(Relation.AT_LEAST, rules));
    }
    boolean isWhole =
        conditions.equals(List.of(new Condition(Relation.AT_LEAST, rules)))
            || conditions.equals(List.of(new Condition(Relation.EQUAL, rules)));
    if (kind == Kind.TEMPORAL_ORDERED && !isWhole) {
      throw new Unusable("temporal_ordered must ask for all of its rules");
    }
    return conditions;
  }

  private double percentile(Map<?, ?> given, Kind kind) throws Unusable {
    Object value =
        given.get("percentile") == null ? section.get("percentile") : given.get("percentile");
    if (kind != Kind.VALUE_PERCENTILE) {
      return 50;
    }
    if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= 100) {
      return number.doubleValue();
    }
    throw new Unusable("percentile must be in (0, 100]: " + value);
  }

  private Map<String, Map<String, String>> aliases() throws Unusable {
    Map<String, Map<String, String>> aliases = new HashMap<>();
    if (section.get("aliases") != null) {
      Map<?, ?> given = RuleReader.map(section, "aliases");
      for (Object alias : given.keySet()) {
        Map<String, String> byRule = new HashMap<>();
        RuleReader.map(given, String.valueOf(alias))
            .forEach((rule, field) -> byRule.put(String.valueOf(rule), String.valueOf(field)));
        aliases.put(String.valueOf(alias), Map.copyOf(byRule));
      }
    }
    return aliases;
  }
}
