package io.grace.runtime.rehearsal;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.runtime.rehearsal.Script.Metric;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is measured, once a second. Owned by its rehearsal.
final class Gauges implements Readings {
  /// Ten minutes; no check looks back further.
  private static final int KEPT = 600;

  private final Map<Metric, Deque<Reading>> samples = new HashMap<>();
  private final Map<Metric, Optional<Double>> values = new HashMap<>();
  private final Map<ServiceId, Instant> heard = new HashMap<>();

  void set(Map<Metric, Optional<Double>> changes) {
    values.putAll(changes);
  }

  void sample(Instant at) {
    values.forEach((metric, value) ->
        value.ifPresent(v -> {
          var kept = samples.computeIfAbsent(metric, _ -> new ArrayDeque<>());
          kept.addFirst(new Reading(v, at));
          if (kept.size() > KEPT) {
            kept.removeLast();
          }
          heard.put(metric.service(), at);
        }));
  }

  @Override
  public List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit) {
    var newest = new ArrayList<Reading>();
    for (Reading reading : samples.getOrDefault(new Metric(service, metric), new ArrayDeque<>())) {
      if (newest.size() == limit || reading.at().isBefore(since)) {
        break;
      }
      newest.add(reading);
    }
    return newest;
  }

  @Override
  public Set<MetricId> metrics(ServiceId service) {
    var metrics = new HashSet<MetricId>();
    samples.keySet().stream()
        .filter(m -> m.service().equals(service))
        .forEach(m -> metrics.add(m.metric()));
    return metrics;
  }

  @Override
  public Optional<Instant> lastHeard(ServiceId service) {
    return Optional.ofNullable(heard.get(service));
  }
}
