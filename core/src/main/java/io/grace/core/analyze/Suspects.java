package io.grace.core.analyze;

import io.grace.core.model.Change;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.state.Sensed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which changes may have made a service sick: those of itself before those of what it calls, and
/// the newest first.
///
/// @param within older ones are not suspected
public record Suspects(Topology topology, Duration within) {
  private static final int MOST = 5;

  /// @param began when the service became sick
  public List<Change> of(ServiceId service, Instant began, Sensed sensed) {
    if (sensed.changes().isEmpty()) {
      return List.of();
    }
    var found = new ArrayList<>(of(service, sensed, began));
    for (ServiceId called : topology.dependenciesOf(service).stream().sorted().toList()) {
      found.addAll(of(called, sensed, began));
    }
    found.sort(
        Comparator.comparing((Change c) -> !c.service().equals(service))
            .thenComparing(Comparator.comparing(Change::at).reversed())
            .thenComparing(Change::id));
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private List<Change> of(ServiceId service, Sensed sensed, Instant began) {
    return sensed.changes().getOrDefault(service, List.of()).stream()
        .filter(c -> !c.at().isAfter(began) && c.at().isAfter(began.minus(within)))
        .toList();
  }
}
