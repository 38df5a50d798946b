package io.grace.core.analyze;

import io.grace.core.model.Causes;
import io.grace.core.model.Causes.Cause;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Optional;

/// All that is known put into one diagnosis: symptoms, dependencies, changes.
public final class Diagnosing {
  private Diagnosing() {}

  /// @param health of the service; sick
  /// @param topology declared and learned calls
  /// @param began when the service became sick
  public static Diagnosis diagnose(
      ServiceId service,
      Health health,
      Policy policy,
      Topology topology,
      Snapshot snapshot,
      Instant began) {
    var changes =
        new Suspects(topology, policy.sensing().changesWithin())
            .of(service, began, snapshot.sensed());
    return new Triage(policy.triage(), topology)
        .diagnose(service, health, changes, traced(service, topology, snapshot), snapshot::health);
  }

  /// The likely cause, if its own incident is traced nowhere else and it does not depend on the
  /// service: so two never wait for each other.
  private static Optional<Cause> traced(ServiceId service, Topology topology, Snapshot snapshot) {
    return likely(service, snapshot)
        .filter(c -> !c.service().equals(service))
        .filter(c -> snapshot.openIncident(c.service()).isPresent())
        .filter(c ->
            likely(c.service(), snapshot)
                .map(own -> own.service().equals(c.service()))
                .orElse(true))
        .filter(c -> !topology.dependenciesOf(c.service()).contains(service));
  }

  private static Optional<Cause> likely(ServiceId service, Snapshot snapshot) {
    return snapshot.openIncident(service).flatMap(Incident::causes).flatMap(Causes::likely);
  }
}
