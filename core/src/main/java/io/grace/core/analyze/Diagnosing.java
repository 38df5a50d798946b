package io.grace.core.analyze;

import io.grace.core.model.Diagnosis;
import io.grace.core.model.Health;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Topology;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import java.time.Instant;

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
        .diagnose(service, health, changes, snapshot::health);
  }
}
