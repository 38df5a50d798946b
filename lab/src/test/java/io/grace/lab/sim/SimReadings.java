package io.grace.lab.sim;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.monitor.Readings;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Telemetry of one life; gone with the process.
final class SimReadings implements Readings {
  private static final int KEPT = 64;

  private final Map<ServiceId, Map<MetricId, Deque<Reading>>> byService = new TreeMap<>();

  boolean add(Signal signal) {
    var newest =
        byService
            .computeIfAbsent(signal.service(), _ -> new TreeMap<>())
            .computeIfAbsent(signal.metric(), _ -> new ArrayDeque<>());
    newest.addFirst(new Reading(signal.value(), signal.at()));
    if (newest.size() > KEPT) {
      newest.removeLast();
    }
    return true;
  }

  @Override
  public List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit) {
    var found = new ArrayList<Reading>();
    for (Reading reading :
        byService.getOrDefault(service, Map.of()).getOrDefault(metric, new ArrayDeque<>())) {
      if (found.size() == limit || reading.at().isBefore(since)) {
        break;
      }
      found.add(reading);
    }
    return found;
  }

  @Override
  public Set<MetricId> metrics(ServiceId service) {
    return byService.getOrDefault(service, Map.of()).keySet();
  }

  @Override
  public Optional<Instant> lastHeard(ServiceId service) {
    return byService.getOrDefault(service, Map.of()).values().stream()
        .map(r -> r.getFirst().at())
        .max(Instant::compareTo);
  }
}
