package io.grace.core.loop;

import io.grace.core.model.Health.Status;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.core.state.AlertState;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Optional;

/// How new what is known of a service is.
final class Freshness {
  private Freshness() {}

  /// When the service was last measured; now, while an alert of a living source is on, since its
  /// source would say if it were over.
  static Optional<Instant> lastHeard(
      ServiceId service, Snapshot snapshot, Readings readings, Instant now) {
    boolean isTold =
        snapshot.sensed().alertsOf(service).stream()
            .filter(AlertState::counts)
            .anyMatch(a -> snapshot.health(a.alert().source().node()).status() != Status.CRITICAL);
    return isTold ? Optional.of(now) : readings.lastHeard(service);
  }
}
