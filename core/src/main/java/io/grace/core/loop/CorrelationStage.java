package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Correlation;
import io.grace.core.event.Event;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.model.IncidentId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Understand: what a sick dependency drags down is part of its incident.
final class CorrelationStage {
  private final Policy policy;
  private final Calls calls;
  private final Unchanged unchanged = new Unchanged();

  CorrelationStage(Policy policy, Calls calls) {
    this.policy = policy;
    this.calls = calls;
  }

  List<Event> decide(Snapshot snapshot, Instant now) {
    Object[] looked = {snapshot.incidents(), snapshot.openIncidents(), snapshot.sensed().calls()};
    if (unchanged.since(looked)) {
      return List.of();
    }
    List<Event> events = look(snapshot, now);
    if (events.isEmpty()) {
      unchanged.remember(looked);
    }
    return events;
  }

  private List<Event> look(Snapshot snapshot, Instant now) {
    var events = new ArrayList<Event>();
    for (IncidentId id : snapshot.openIncidents().values().stream().sorted().toList()) {
      Incident incident = snapshot.incident(id).orElseThrow();
      if (incident.isApart() || Correlation.isPart(incident, snapshot)) {
        continue;
      }
      new Correlation(calls.topology(snapshot.sensed()), policy.sensing().correlateWithin())
          .cause(incident, snapshot)
          .map(c -> new IncidentMerged(id, c.into(), c.score(), c.reason(), Event.GRACE, now))
          .filter(m -> !isPartOf(m.into(), id, snapshot))
          .ifPresent(events::add);
    }
    return events;
  }

  /// Two that call each other would be part of one another.
  private static boolean isPartOf(IncidentId incident, IncidentId into, Snapshot snapshot) {
    return snapshot
        .incident(incident)
        .map(i -> Correlation.root(i, snapshot).id().equals(into))
        .orElse(false);
  }
}
