package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Diagnosing;
import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.Recovery;
import io.grace.core.model.Causes;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Analyze: sick services become incidents, incidents get a diagnosis, recovery resolves them.
final class IncidentStage {
  private final Policy policy;
  private final Calls calls;

  /// What a diagnosis rested on when it was last found to be right.
  private record Diagnosed(
      Incident incident, Health health, Object calls, Object changes, List<?> others) {}

  private final Map<IncidentId, Diagnosed> diagnosed = new HashMap<>();
  private final Unchanged unchanged = new Unchanged();

  IncidentStage(Policy policy, Calls calls) {
    this.policy = policy;
    this.calls = calls;
  }

  /// Time alone changes nothing here, so that an incident that lasts costs nothing while it does.
  List<Event> decide(Snapshot snapshot, Instant now) {
    Object[] looked = {
      snapshot.health(),
      snapshot.incidents(),
      snapshot.runs(),
      snapshot.sensed().storm(),
      snapshot.sensed().calls(),
      snapshot.sensed().changes()
    };
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
    long next = snapshot.lastIncident() + 1;
    for (Map.Entry<ServiceId, Health> sick : withoutIncident(snapshot).entrySet()) {
      Diagnosis diagnosis = diagnose(sick.getKey(), sick.getValue(), snapshot, now);
      Hash fingerprint = fingerprint(diagnosis);
      Optional<Incident> again = reopenable(snapshot, fingerprint, now);
      IncidentId id =
          again
              .map(Incident::id)
              .orElse(new IncidentId(String.format(Locale.ROOT, "i-%06d", next)));
      if (again.isPresent()) {
        events.add(new IncidentReopened(id, now));
      } else {
        next++;
        events.add(new IncidentOpened(id, sick.getKey(), fingerprint, diagnosis.severity(), now));
      }
      events.add(new IncidentDiagnosed(id, diagnosis, now));
    }
    for (ServiceId service : new TreeMap<>(snapshot.openIncidents()).keySet()) {
      snapshot
          .openIncident(service)
          .flatMap(incident -> develop(incident, snapshot, now))
          .ifPresent(events::add);
    }
    return events;
  }

  private Diagnosis diagnose(ServiceId service, Health health, Snapshot snapshot, Instant began) {
    return Diagnosing.diagnose(
        service, health, policy, calls.topology(snapshot.sensed()), snapshot, began);
  }

  /// In a storm nobody is helped by one incident more.
  private static TreeMap<ServiceId, Health> withoutIncident(Snapshot snapshot) {
    var sick = new TreeMap<ServiceId, Health>();
    if (snapshot.sensed().storm().isPresent()) {
      return sick;
    }
    snapshot
        .health()
        .forEach((service, state) -> {
          if (state.health().isSick() && !snapshot.openIncidents().containsKey(service)) {
            sick.put(service, state.health());
          }
        });
    return sick;
  }

  /// Two incidents with the same one are about the same thing.
  private static Hash fingerprint(Diagnosis diagnosis) {
    return Hash.sha256(diagnosis.service() + "\n" + diagnosis.kind());
  }

  private Optional<Incident> reopenable(Snapshot snapshot, Hash fingerprint, Instant now) {
    Instant since = now.minus(policy.limits().reopenWithin());
    return snapshot.incidents().values().stream()
        .filter(i -> i.fingerprint().equals(fingerprint))
        .filter(i -> i.resolution().map(r -> r.at().isAfter(since)).orElse(false))
        .max((a, b) -> a.id().compareTo(b.id()));
  }

  private Optional<Event> develop(Incident incident, Snapshot snapshot, Instant now) {
    Health health = snapshot.health(incident.service());
    Optional<Run> run = snapshot.openRun(incident.service());
    if (incident.needsPerson().isPresent() && !incident.isEscalated()) {
      return Optional.of(new IncidentEscalated(incident.id(), incident.needsPerson().get(), now));
    }
    // A run under way judges the recovery itself.
    if (health.status() == Status.HEALTHY && run.isEmpty()) {
      return Optional.of(new IncidentResolved(incident.id(), recovery(incident), now));
    }
    if (!health.isSick() || run.isPresent()) {
      return Optional.empty();
    }
    if (isDiagnosed(incident, health, snapshot)) {
      return Optional.empty();
    }
    Diagnosis diagnosis = diagnose(incident.service(), health, snapshot, incident.began());
    boolean isNews =
        incident
            .diagnosis()
            .map(before ->
                !before.kind().equals(diagnosis.kind())
                    || !before.causedBy().equals(diagnosis.causedBy())
                    || before.severity() != diagnosis.severity()
                    || !before.changes().equals(diagnosis.changes())
                    || before.confidence() != diagnosis.confidence())
            .orElse(true);
    if (isNews) {
      return Optional.of(new IncidentDiagnosed(incident.id(), diagnosis, now));
    }
    remember(incident, health, snapshot);
    return Optional.empty();
  }

  /// Whether nothing that a diagnosis rests on changed since it was last found to be right.
  private boolean isDiagnosed(Incident incident, Health health, Snapshot snapshot) {
    var last = diagnosed.get(incident.id());
    return last != null
        && last.incident() == incident
        && last.health() == health
        && last.calls() == snapshot.sensed().calls()
        && last.changes() == snapshot.sensed().changes()
        && last.others().equals(others(incident, snapshot));
  }

  private void remember(Incident incident, Health health, Snapshot snapshot) {
    if (diagnosed.size() > 2 * snapshot.openIncidents().size()) {
      diagnosed.keySet().removeIf(id -> !snapshot.incident(id).map(Incident::isOpen).orElse(false));
    }
    diagnosed.put(
        incident.id(),
        new Diagnosed(
            incident,
            health,
            snapshot.sensed().calls(),
            snapshot.sensed().changes(),
            others(incident, snapshot)));
  }

  /// How those are that may be the cause, and what they themselves are traced to.
  private List<?> others(Incident incident, Snapshot snapshot) {
    var others = new ArrayList<Object>();
    calls.topology(snapshot.sensed()).dependenciesOf(incident.service()).stream()
        .sorted()
        .map(s -> snapshot.health(s).status())
        .forEach(others::add);
    incident
        .causes()
        .flatMap(Causes::likely)
        .map(Causes.Cause::service)
        .ifPresent(s -> {
          others.add(snapshot.health(s).status());
          others.add(snapshot.openIncident(s).map(Incident::causes));
        });
    return others;
  }

  private static Recovery recovery(Incident incident) {
    if (incident.helped().isPresent()) {
      return Recovery.BY_RUN;
    }
    return incident.failedPlaybooks().isEmpty() ? Recovery.BY_ITSELF : Recovery.DESPITE_RUNS;
  }
}
