package io.grace.core.event;

import io.grace.core.model.Alert;
import io.grace.core.model.Causes;
import io.grace.core.model.Change;
import io.grace.core.model.Edge;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SloReading;
import io.grace.core.model.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What GRACE heard from outside, or saw in what it heard, once it was news. *Immutable.*
public sealed interface Sighting extends Event {
  /// What happens to one alert of a source.
  sealed interface AlertEvent extends Sighting {
    Hash fingerprint();

    ServiceId service();

    @Override
    default String subject() {
      return service().value();
    }
  }

  /// It was heard, and damping keeps it back for now.
  ///
  /// @param until when it counts, if it is still on then
  /// @param why the damping, such as `once_after 5m`
  record AlertHeld(Alert alert, Instant until, String why, Instant at) implements AlertEvent {
    @Override
    public Hash fingerprint() {
      return alert.fingerprint();
    }

    @Override
    public ServiceId service() {
      return alert.service();
    }
  }

  /// From now on it is a symptom of its service.
  record AlertFired(Alert alert, Instant at) implements AlertEvent {
    @Override
    public Hash fingerprint() {
      return alert.fingerprint();
    }

    @Override
    public ServiceId service() {
      return alert.service();
    }
  }

  /// Its source says that it is over, and damping waits whether it comes back.
  record AlertEased(Hash fingerprint, ServiceId service, Instant until, Instant at)
      implements AlertEvent {}

  /// It is no symptom any more.
  ///
  /// @param why such as `its source says so`
  record AlertCleared(Hash fingerprint, ServiceId service, String why, Instant at)
      implements AlertEvent {}

  /// More began at once than can be understood one by one.
  ///
  /// @param perMinute how many sicknesses and alerts began within the last minute
  record StormBegan(int perMinute, int sick, String why, Instant at) implements Sighting {
    @Override
    public String subject() {
      return GRACE;
    }
  }

  /// @param alerts how many began while it lasted
  record StormEnded(long alerts, String why, Instant at) implements Sighting {
    @Override
    public String subject() {
      return GRACE;
    }
  }

  /// A source sees calls that are not known, or not known from it.
  ///
  /// @param source such as `service graph`
  record CallsSeen(String source, List<Edge> edges, Instant at) implements Sighting {
    public CallsSeen {
      edges = List.copyOf(edges);
    }

    @Override
    public String subject() {
      return GRACE;
    }
  }

  /// Nobody saw these calls for too long.
  record CallsForgotten(List<Edge> edges, Instant at) implements Sighting {
    public CallsForgotten {
      edges = List.copyOf(edges);
    }

    @Override
    public String subject() {
      return GRACE;
    }
  }

  record ChangeSeen(Change change, Instant at) implements Sighting {
    @Override
    public String subject() {
      return change.service().value();
    }
  }

  /// An objective's alarm changed, or its budget moved by a step.
  record SloMeasured(SloReading reading, Instant at) implements Sighting {
    @Override
    public String subject() {
      return reading.service().value();
    }
  }

  record TriggerFired(Trigger trigger, Instant at) implements Sighting {
    @Override
    public String subject() {
      return trigger.service().map(ServiceId::value).orElse(GRACE);
    }
  }

  /// Where an incident may come from, by how everything that is measured moved.
  record CausesRanked(IncidentId incident, Causes causes, Instant at) implements Sighting {
    @Override
    public String subject() {
      return incident.value();
    }
  }

  /// What came of what a trigger said.
  ///
  /// @param lead how long before it came it was foretold; empty if it did not come, or was no
  ///   forecast
  /// @param by `grace` or the person who says so
  record TriggerJudged(
      Trigger.Key trigger,
      Trigger.Outcome outcome,
      Optional<Duration> lead,
      String why,
      String by,
      Instant at)
      implements Sighting {
    @Override
    public String actor() {
      return by;
    }

    @Override
    public String subject() {
      return trigger.service().map(ServiceId::value).orElse(GRACE);
    }
  }

  /// What happens between two incidents.
  sealed interface GroupEvent extends Sighting {
    IncidentId incident();

    @Override
    default String subject() {
      return incident().value();
    }
  }

  /// An incident is part of another, which is looked after in its place.
  ///
  /// @param by `grace` or the person who merged them
  /// @param score how well they fit, in [0, 1]; 1 if a person says so
  record IncidentMerged(
      IncidentId incident, IncidentId into, double score, String reason, String by, Instant at)
      implements GroupEvent {
    @Override
    public String actor() {
      return by;
    }
  }

  /// An incident stands for itself again; GRACE does not merge it a second time.
  record IncidentSplit(IncidentId incident, String reason, String by, Instant at)
      implements GroupEvent {
    @Override
    public String actor() {
      return by;
    }
  }
}
