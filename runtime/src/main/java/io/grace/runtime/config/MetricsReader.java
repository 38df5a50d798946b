package io.grace.runtime.config;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.MetricId;
import io.grace.core.policy.TriageRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads which metrics tell health, from where they are bad, and what that is called.
final class MetricsReader {
  static final List<Metric> DEFAULTS =
      List.of(
          metric("up", "bool", Direction.LOWER_IS_WORSE, 0.5, 0),
          metric("latency_ms", "ms", Direction.HIGHER_IS_WORSE, 500, 1000),
          metric("error_ratio", "ratio", Direction.HIGHER_IS_WORSE, 0.02, 0.05),
          metric("cpu_ratio", "ratio", Direction.HIGHER_IS_WORSE, 0.8, 0.95),
          metric("memory_ratio", "ratio", Direction.HIGHER_IS_WORSE, 0.85, 0.95));

  /// Good to know and to decide by, but no sign of sickness unless somebody declares it so.
  private static final List<String> INFORMATIONAL =
      List.of("flag_active", "breaker_open", "cache_hit_ratio", "instances_up", "probe_latency_ms");

  private MetricsReader() {}

  private static Metric metric(
      String id, String unit, Direction direction, double degraded, double critical) {
    return new Metric(new MetricId(id), unit, direction, degraded, critical);
  }

  static Map<MetricId, Metric> metrics(Cursor cursor) {
    var metrics = new LinkedHashMap<MetricId, Metric>();
    DEFAULTS.forEach(m -> metrics.put(m.id(), m));
    cursor
        .members()
        .forEach((name, member) ->
            member
                .make(() -> new MetricId(name))
                .flatMap(id -> metric(member, id, Optional.ofNullable(metrics.get(id))))
                .ifPresent(m -> {
                  metrics.put(m.id(), m);
                  if (member.at("foresee").flag(false)) {
                    foreseen(member, m).ifPresent(f -> metrics.put(f.id(), f));
                  }
                }));
    return metrics;
  }

  private static Optional<Metric> metric(Cursor cursor, MetricId id, Optional<Metric> standard) {
    if (Foreseen.is(id)) {
      cursor.problem("is a name for a forecast; write foresee: true at the metric itself");
      return Optional.empty();
    }
    if (standard.isEmpty()) {
      var missing =
          List.of("unit", "direction", "degraded", "critical").stream()
              .filter(field -> !cursor.at(field).isThere())
              .toList();
      if (!missing.isEmpty()) {
        cursor.problem("a new metric lacks " + String.join(", ", missing));
        return Optional.empty();
      }
    }
    return cursor.make(() ->
        new Metric(
            id,
            cursor.at("unit").text(standard.map(Metric::unit).orElse("")),
            cursor
                .at("direction")
                .choice(Direction.class)
                .or(() -> standard.map(Metric::direction))
                .orElse(Direction.HIGHER_IS_WORSE),
            cursor.at("degraded").decimal(standard.map(Metric::degraded).orElse(0.0)),
            cursor.at("critical").decimal(standard.map(Metric::critical).orElse(0.0))));
  }

  /// A forecast of yes or no says nothing.
  private static Optional<Metric> foreseen(Cursor cursor, Metric of) {
    if (of.unit().equals("bool")) {
      cursor.problem("a metric of yes or no cannot be foreseen");
      return Optional.empty();
    }
    return cursor.make(() ->
        new Metric(Foreseen.of(of.id()), of.unit(), of.direction(), of.degraded(), of.critical()));
  }

  static Set<MetricId> known(Map<MetricId, Metric> declared, Cursor telemetry, Cursor sources) {
    var known = new HashSet<>(declared.keySet());
    INFORMATIONAL.forEach(name -> known.add(new MetricId(name)));
    known.addAll(TelemetryReader.metrics(telemetry, sources));
    return known;
  }

  /// The default rules, each replaced by the one of the file for the same diagnosis; new ones come
  /// after them.
  static List<TriageRule> triage(Cursor cursor, Known known) {
    var rules = new LinkedHashMap<DiagnosisKind, TriageRule>();
    TriageRule.DEFAULTS.forEach(rule -> rules.put(rule.diagnosis(), rule));
    cursor
        .members()
        .forEach((name, member) -> {
          var check = Checks.check(member, known);
          member
              .make(() -> new DiagnosisKind(name))
              .ifPresent(kind ->
                  check.ifPresent(c -> {
                    if (c.target().isPresent()) {
                      member.problem("must be about the service itself");
                    }
                    rules.put(kind, new TriageRule(kind, c.metric(), c.comparison(), c.value()));
                  }));
        });
    return new ArrayList<>(rules.values());
  }
}
