package io.grace.runtime.judgement;

import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;
import io.grace.intelligence.cause.MetricKind;
import io.grace.intelligence.cause.Worse;
import java.util.List;
import java.util.Map;

/// What a metric is about, by its name and unit: metrics are declared without saying so.
final class MetricKinds {
  /// The words in a name that tell, in this order: `queue_latency_ms` is a latency.
  private static final List<Map.Entry<MetricKind, List<String>>> WORDS =
      List.of(
          Map.entry(
              MetricKind.LATENCY, List.of("latency", "duration", "response_time", "_ms", "rtt")),
          Map.entry(
              MetricKind.ERROR,
              List.of("error", "fail", "fault", "success", "availability", "timeout", "breaker")),
          Map.entry(MetricKind.QUEUE, List.of("queue", "backlog", "lag", "pending", "waiting")),
          Map.entry(
              MetricKind.STOCK, List.of("memory", "heap", "disk", "storage", "inode", "swap")),
          Map.entry(
              MetricKind.USE, List.of("cpu", "load", "io", "thread", "connection", "socket", "gc")),
          Map.entry(
              MetricKind.TRAFFIC, List.of("request", "traffic", "throughput", "rps", "rate")));

  private MetricKinds() {}

  static MetricKind kind(Metric metric) {
    String name = metric.id().value();
    if (metric.unit().equals("bool")) {
      return MetricKind.ERROR;
    }
    return WORDS.stream()
        .filter(e -> e.getValue().stream().anyMatch(word -> isIn(word, name)))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(MetricKind.OTHER);
  }

  /// Short words must stand alone: `io` is not in `ratio`.
  private static boolean isIn(String word, String name) {
    return word.length() > 3 || word.startsWith("_")
        ? name.contains(word)
        : ("_" + name + "_").contains("_" + word + "_");
  }

  static Worse worse(Metric metric) {
    return metric.direction() == Direction.HIGHER_IS_WORSE ? Worse.UP : Worse.DOWN;
  }
}
