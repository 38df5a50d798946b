package io.grace.core.loop;

import io.grace.core.analyze.Correlation;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.event.Sighting.IncidentSplit;
import io.grace.core.loop.Commands.Outcome;
import io.grace.core.model.IncidentId;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.Optional;

/// People know more than calls and times: they merge incidents and split them.
final class Merging {
  private Merging() {}

  static Outcome merge(Command.Merge c, Snapshot snapshot, Instant now) {
    Optional<Incident> incident = open(c.incident(), snapshot);
    Optional<Incident> into = open(c.into(), snapshot);
    if (incident.isEmpty() || into.isEmpty()) {
      return unknown(incident.isEmpty() ? c.incident() : c.into());
    }
    if (Correlation.root(into.get(), snapshot).id().equals(c.incident())) {
      return new Outcome.Refused(
          Outcome.Why.CONFLICT,
          c.incident().equals(c.into())
              ? "an incident cannot be part of itself"
              : c.into() + " is part of " + c.incident() + " already; split it first");
    }
    boolean isSo = incident.get().merge().map(m -> m.into().equals(c.into())).orElse(false);
    return new Outcome.Accepted(
        isSo
            ? Optional.empty()
            : Optional.of(new IncidentMerged(c.incident(), c.into(), 1, c.reason(), c.by(), now)));
  }

  static Outcome split(Command.Split c, Snapshot snapshot, Instant now) {
    Optional<Incident> incident = open(c.incident(), snapshot);
    if (incident.isEmpty()) {
      return unknown(c.incident());
    }
    return incident.get().merge().isEmpty() && incident.get().isApart()
        ? new Outcome.Accepted(Optional.empty())
        : new Outcome.Accepted(
            Optional.of(new IncidentSplit(c.incident(), c.reason(), c.by(), now)));
  }

  private static Optional<Incident> open(IncidentId id, Snapshot snapshot) {
    return snapshot.incident(id).filter(Incident::isOpen);
  }

  private static Outcome unknown(IncidentId id) {
    return new Outcome.Refused(Outcome.Why.UNKNOWN, "no open incident " + id);
  }
}
