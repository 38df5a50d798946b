package io.grace.runtime.judgement;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Incidents of the past for tests. *Owned by one test.*
public final class Past {
  private final List<Event> events = new ArrayList<>();
  private int last;
  private Instant now = Web.NOW.minus(Duration.ofDays(7));

  /// The services fell sick in this order, and a run on each of the causes was verified.
  public Past healed(List<ServiceId> sick, ServiceId... causes) {
    return happened(sick, List.of(causes), true);
  }

  /// All were traced to the cause, which cleared by itself.
  Past traced(List<ServiceId> sick, ServiceId cause) {
    return happened(sick, List.of(cause), false);
  }

  private Past happened(List<ServiceId> sick, List<ServiceId> causes, boolean isHealed) {
    int first = last + 1;
    for (ServiceId service : sick) {
      last++;
      events.add(new IncidentOpened(id(last), service, Hash.sha256("x"), Severity.LOW, now));
      events.add(new IncidentDiagnosed(id(last), diagnosis(service), now));
      now = now.plusSeconds(1);
    }
    for (ServiceId service : sick) {
      if (!causes.contains(service)) {
        IncidentId into = id(first + sick.indexOf(causes.getFirst()));
        IncidentId part = id(first + sick.indexOf(service));
        events.add(new IncidentMerged(part, into, 1, "calls it", Event.GRACE, now));
      }
    }
    now = now.plusSeconds(60);
    for (ServiceId cause : causes) {
      resolved(first + sick.indexOf(cause), isHealed ? Recovery.BY_RUN : Recovery.BY_ITSELF);
    }
    for (ServiceId service : sick) {
      if (!causes.contains(service)) {
        resolved(first + sick.indexOf(service), Recovery.BY_ITSELF);
      }
    }
    now = now.plus(Duration.ofHours(1));
    return this;
  }

  private void resolved(int incident, Recovery recovery) {
    events.add(new IncidentResolved(id(incident), recovery, now));
  }

  private static Diagnosis diagnosis(ServiceId service) {
    return new Diagnosis(
        service,
        TriageRule.LATENCY_SPIKE,
        Severity.LOW,
        1,
        List.of(new Symptom(Web.LATENCY, 900, 500, 1, Optional.empty(), "test")),
        Optional.empty(),
        List.of(),
        "slow");
  }

  private static IncidentId id(int number) {
    return new IncidentId(String.format(Locale.ROOT, "i-9%05d", number));
  }

  public Snapshot snapshot() {
    return Snapshot.EMPTY.after(events);
  }
}
