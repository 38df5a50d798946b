package io.grace.core.state;

import io.grace.core.event.Event;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentAcknowledged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentEvent;
import io.grace.core.event.Event.IncidentNoted;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.MetaCycled;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.Recovery;
import io.grace.core.event.Event.Resumed;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunDeferred;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.RunRejected;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.event.MemoryEvent;
import io.grace.core.event.PolicyMotion;
import io.grace.core.event.Sighting;
import io.grace.core.event.Sighting.CausesRanked;
import io.grace.core.event.Sighting.GroupEvent;
import io.grace.core.event.Sighting.IncidentMerged;
import io.grace.core.event.Sighting.IncidentSplit;
import io.grace.core.learn.Experience;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.state.Run.Aftermath;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Snapshot.Ailment;
import io.grace.core.state.Snapshot.MetaAt;
import io.grace.core.state.Snapshot.RecentOutcome;
import io.grace.core.state.Snapshot.ServiceHealth;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One pass of events over a snapshot. Mutable while it runs, so that a long replay does not copy;
/// owned by [Snapshot#after], which alone creates it.
final class Fold {
  /// Limits and attempt caps look at most this far back; a cap above it could never bite.
  private static final int MOMENTS = 64;

  /// Resolved incidents that may be reopened; the oldest go first.
  private static final int RESOLVED_KEPT = 256;

  private Snapshot.Life life;
  private Optional<Snapshot.Pause> pause;
  private final Cow<ServiceId, ServiceHealth> health;
  private final Cow<IncidentId, Incident> incidents;
  private final Cow<ServiceId, IncidentId> openIncidents;
  private final Cow<RunId, Run> runs;
  private final Cow<ServiceId, List<Instant>> proposals;
  private final Cow<Ailment, List<Instant>> attempts;
  private final Cow<Proposal.Key, Track> tracks;
  private final LearnedFold learned;
  private List<Experience> experiences;
  private List<RecentOutcome> outcomes;
  private Counters counters;
  private Optional<MetaAt> meta;
  private final SensedFold sensed;
  private final MemoryFold memories;
  private Motions motions;
  private long lastRun;
  private long lastIncident;

  Fold(Snapshot from) {
    life = from.life();
    pause = from.pause();
    health = new Cow<>(from.health());
    incidents = new Cow<>(from.incidents());
    openIncidents = new Cow<>(from.openIncidents());
    runs = new Cow<>(from.runs());
    proposals = new Cow<>(from.proposals());
    attempts = new Cow<>(from.attempts());
    tracks = new Cow<>(from.tracks());
    learned = new LearnedFold(from);
    experiences = from.experiences();
    outcomes = from.outcomes();
    counters = from.counters();
    meta = from.meta();
    sensed = new SensedFold(from.sensed());
    memories = new MemoryFold(from.memories());
    motions = from.motions();
    lastRun = from.lastRun();
    lastIncident = from.lastIncident();
  }

  Snapshot snapshot() {
    return new Snapshot(
        life,
        pause,
        health.view(),
        incidents.view(),
        openIncidents.view(),
        runs.view(),
        proposals.view(),
        attempts.view(),
        tracks.view(),
        learned.beliefs(),
        learned.selfRecoveries(),
        learned.alone(),
        learned.precedents(),
        experiences,
        outcomes,
        counters,
        meta,
        sensed.view(),
        memories.view(),
        motions,
        lastRun,
        lastIncident);
  }

  void apply(Event event) {
    switch (event) {
      case LifeStarted e -> life = new Snapshot.Life(e.epoch(), e.policy(), e.ceiling(), e.at());
      case Paused e -> pause = Optional.of(new Snapshot.Pause(e.by(), e.reason(), e.at()));
      case Resumed _ -> pause = Optional.empty();
      case MetaCycled e -> meta = Optional.of(new MetaAt(e.cycle(), e.at()));
      case HealthChanged e -> health(e);
      case ProposalSkipped e -> skipped(e);
      case IncidentEvent e -> incident(e);
      case RunEvent e -> run(e);
      case GroupEvent e -> group(e);
      case CausesRanked e -> change(e.incident(), new Incident.Change.Traced(e.causes()));
      case Sighting e -> sensed.apply(e);
      case MemoryEvent e -> memories.apply(e);
      case PolicyMotion e -> motions = MotionFold.after(motions, e);
    }
  }

  /// A sickness that an alert brought was counted with the alert.
  private void health(HealthChanged e) {
    var before = health.get(e.service());
    for (Symptom symptom : e.health().symptoms()) {
      if (!symptom.isAlert() && !symptom.isForeseen() && !has(before, symptom)) {
        sensed.breached(e.service(), symptom.metric());
      }
    }
    health.put(e.service(), new ServiceHealth(e.health(), e.at()));
    boolean wasSick = before != null && before.health().isSick();
    if (!wasSick
        && e.health().isSick()
        && e.health().symptoms().stream().anyMatch(s -> !s.isAlert())) {
      sensed.onset(e.at());
    }
  }

  private static boolean has(@Nullable ServiceHealth before, Symptom symptom) {
    return before != null
        && before.health().symptoms().stream().anyMatch(s -> s.metric().equals(symptom.metric()));
  }

  private void group(GroupEvent event) {
    switch (event) {
      case IncidentMerged e ->
          change(
              e.incident(),
              new Incident.Change.Merged(
                  new Incident.Merge(e.into(), e.score(), e.reason(), e.by(), e.at())));
      case IncidentSplit e -> change(e.incident(), new Incident.Change.Split());
    }
  }

  private void skipped(ProposalSkipped e) {
    counters = counters.withSkipped(e.rule());
    change(e.incident(), new Incident.Change.Skipped(e.sameness()));
  }

  // ---- incidents

  private void incident(IncidentEvent event) {
    switch (event) {
      case IncidentOpened e -> {
        lastIncident++;
        incidents.put(
            e.incident(),
            Incident.open(e.incident(), e.service(), e.fingerprint(), e.severity(), e.at()));
        openIncidents.put(e.service(), e.incident());
      }
      case IncidentDiagnosed e -> diagnosed(e);
      case IncidentAcknowledged e -> change(e.incident(), new Incident.Change.Acknowledged(e.by()));
      case IncidentNoted e -> incidentOf(e.incident()); // Only of one that is known.
      case IncidentEscalated e ->
          change(e.incident(), new Incident.Change.Escalated(e.reason(), e.at()));
      case IncidentReopened e -> {
        change(e.incident(), new Incident.Change.Reopened(e.at()));
        learned.reopened(e.incident());
        Incident incident = incidentOf(e.incident());
        openIncidents.put(incident.service(), e.incident());
        incident.diagnosis().ifPresent(d -> sensed.diagnosed(d.service(), d.kind(), e.at()));
      }
      case IncidentResolved e -> resolved(e);
    }
  }

  /// What is wrong is remembered once, not each time that more is known of it.
  private void diagnosed(IncidentDiagnosed e) {
    Diagnosis diagnosis = e.diagnosis();
    boolean isNew =
        incidentOf(e.incident())
            .diagnosis()
            .map(before -> !before.kind().equals(diagnosis.kind()))
            .orElse(true);
    if (isNew) {
      sensed.diagnosed(diagnosis.service(), diagnosis.kind(), e.at());
    }
    change(e.incident(), new Incident.Change.Diagnosed(diagnosis, e.at()));
  }

  private void resolved(IncidentResolved e) {
    Incident incident = incidentOf(e.incident());
    change(e.incident(), new Incident.Change.Resolved(e.recovery(), e.at()));
    openIncidents.remove(incident.service());
    learned.over(incidentOf(e.incident()), e.recovery(), e.at(), incidents.values());
    incident
        .diagnosis()
        .ifPresent(diagnosis -> {
          if (e.recovery() == Recovery.BY_ITSELF) {
            learned.recovered(incident, diagnosis.kind(), e.at());
          }
          resetBackoff(incident.service(), diagnosis.kind());
        });
    forgetOldest();
  }

  /// Recovery ends backoff, whoever brought it about.
  private void resetBackoff(ServiceId service, DiagnosisKind diagnosis) {
    tracks.removeIf(key -> key.service().equals(service) && key.diagnosis().equals(diagnosis));
  }

  private void forgetOldest() {
    if (incidents.size() - openIncidents.size() <= RESOLVED_KEPT) {
      return;
    }
    incidents.values().stream()
        .filter(i -> !i.isOpen())
        .min(
            // The id decides between equals, since the order of a map is not part of the state.
            Comparator.comparing((Incident i) -> i.resolution().orElseThrow().at())
                .thenComparing(Incident::id))
        .ifPresent(oldest -> incidents.remove(oldest.id()));
  }

  private Incident incidentOf(IncidentId id) {
    var incident = incidents.get(id);
    if (incident == null) {
      throw new IllegalStateException("no such incident: " + id);
    }
    return incident;
  }

  private void change(IncidentId id, Incident.Change change) {
    var incident = incidents.get(id);
    if (incident != null) {
      incidents.put(id, incident.with(change));
    }
  }

  // ---- runs

  private void run(RunEvent event) {
    if (event instanceof RunProposed e) {
      if (runs.get(e.run()) != null) {
        throw new IllegalStateException("proposed twice: " + e.run());
      }
      lastRun++;
      runs.put(e.run(), Run.start(e));
      ServiceId service = e.proposal().service();
      proposals.put(
          service, Track.remember(proposals.getOrDefault(service, List.of()), e.at(), MOMENTS));
      counters = counters.withProposed();
      return;
    }
    var before = runs.get(event.run());
    if (before == null) {
      throw new IllegalStateException(
          event.getClass().getSimpleName() + " for a run that is not open: " + event.run());
    }
    Run after = RunTable.apply(before, event);
    switch (event) {
      case RunAdmitted _ -> counters = counters.withAdmitted();
      case RunDeferred _ -> counters = counters.withDeferred();
      case StepStarted e when isFirst(before) -> acted(after, e);
      case RunRejected _ -> declined(after.proposal());
      default -> {}
    }
    if (after instanceof Done done) {
      runs.remove(done.id());
      ended(done);
    } else {
      runs.put(after.id(), after);
    }
  }

  /// Who said no once is not asked the same again for this incident.
  private void declined(Proposal proposal) {
    change(proposal.incident(), new Incident.Change.Declined(proposal.plan().playbook()));
  }

  private static boolean isFirst(Run before) {
    return before instanceof Run.Working w && !w.progress().acted();
  }

  private void acted(Run run, StepStarted event) {
    var proposal = run.proposal();
    var incident = incidents.get(proposal.incident());
    if (incident != null && incident.attempts().isEmpty()) {
      learned.actedOn(incident, proposal.diagnosis().kind(), event.at());
    }
    change(proposal.incident(), new Incident.Change.Acted(run.id()));
    var ailment = new Ailment(proposal.service(), proposal.diagnosis().kind());
    attempts.put(
        ailment, Track.remember(attempts.getOrDefault(ailment, List.of()), event.at(), MOMENTS));
  }

  private void ended(Done run) {
    counters = counters.withOutcome(run.outcome().name().toLowerCase(Locale.ROOT));
    if (!run.acted()) {
      return; // A run that did nothing teaches nothing.
    }
    Proposal proposal = run.proposal();
    boolean success = run.outcome() == Outcome.SUCCEEDED;
    experiences = Track.remember(experiences, learned.ended(run), LearnedFold.EXPERIENCES);
    outcomes =
        Track.remember(
            outcomes,
            new RecentOutcome(
                proposal.service(), proposal.plan().playbook(), run.outcome(), run.since()),
            LearnedFold.RECENT_OUTCOMES);
    if (success) {
      tracks.remove(proposal.key());
      change(proposal.incident(), new Incident.Change.Helped(run.id()));
    } else {
      tracks.put(
          proposal.key(),
          tracks.getOrDefault(proposal.key(), Track.NONE).afterFailure(run.since()));
      change(
          proposal.incident(),
          new Incident.Change.Failed(proposal.plan().playbook(), needsPerson(run)));
    }
  }

  private static Optional<String> needsPerson(Done run) {
    if (run.aftermath() == Aftermath.UNSURE) {
      return Optional.of("run " + run.id() + " may have left something half done: " + run.reason());
    }
    return run.outcome() == Outcome.ABORTED
        ? Optional.of("run " + run.id() + " was stopped: " + run.reason())
        : Optional.empty();
  }
}
