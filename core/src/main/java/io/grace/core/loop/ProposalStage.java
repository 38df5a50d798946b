package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.analyze.Correlation;
import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.govern.Verdict;
import io.grace.core.loop.Choosing.Choice;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.IncidentId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import io.grace.core.model.Trigger;
import io.grace.core.monitor.Readings;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.state.AlertState;
import io.grace.core.state.Incident;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Plan and govern: an incident becomes a proposal, or a recorded reason why not.
final class ProposalStage {
  /// Denials that GRACE cannot get out of by itself.
  private static final Set<String> CALLS_A_PERSON = Set.of("attempt_cap", "too_many_broken");

  /// Long against a cycle, short against anything that a person notices.
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  /// What was looked at when nothing could be proposed.
  private record Looked(
      Incident incident, Health health, Map<RunId, Run> runs, boolean isPaused, Instant at) {}

  private final Map<IncidentId, Looked> looked = new HashMap<>();
  private final Policy policy;
  private final Calls calls;
  private final Ranker ranker;

  ProposalStage(Policy policy, Calls calls, Ranker ranker) {
    this.policy = policy;
    this.calls = calls;
    this.ranker = ranker;
  }

  /// At most one proposal a pass, so that the next incident is judged with this one in the budget.
  /// None in a storm: the gate would deny each of them.
  List<Event> decide(Snapshot snapshot, Readings readings, Instant now) {
    if (snapshot.sensed().storm().isPresent()) {
      return List.of();
    }
    for (ServiceId service : new TreeMap<>(snapshot.openIncidents()).keySet()) {
      Incident incident = snapshot.openIncident(service).orElseThrow();
      if (isDue(incident, snapshot, now) && isRipe(incident, snapshot, now)) {
        List<Event> events = propose(incident, snapshot, readings, now);
        if (!events.isEmpty()) {
          return events;
        }
        looked.put(
            incident.id(),
            new Looked(
                incident, snapshot.health(service), snapshot.runs(), snapshot.isPaused(), now));
      }
    }
    if (looked.size() > snapshot.openIncidents().size()) {
      looked.keySet().removeIf(id -> !snapshot.incident(id).map(Incident::isOpen).orElse(false));
    }
    return List.of();
  }

  /// Once nothing could be proposed, only news or a while makes a difference: windows open, backoff
  /// ends, budgets are free again.
  private boolean isDue(Incident incident, Snapshot snapshot, Instant now) {
    var last = looked.get(incident.id());
    return last == null
        || last.incident() != incident
        || last.runs() != snapshot.runs()
        || last.isPaused() != snapshot.isPaused()
        || last.health() != snapshot.health(incident.service())
        || !now.isBefore(last.at().plus(LOOK_AGAIN));
  }

  private boolean isRipe(Incident incident, Snapshot snapshot, Instant now) {
    Duration settle =
        policy.service(incident.service()).map(ServicePolicy::settle).orElse(Duration.ZERO);
    return snapshot.health(incident.service()).isSick()
        && incident.diagnosis().isPresent()
        && incident.needsPerson().isEmpty()
        && snapshot.openRun(incident.service()).isEmpty()
        && (!now.isBefore(incident.since().plus(settle)) || isAgreed(incident, snapshot))
        && !isLingering(incident, snapshot, now);
  }

  /// Independent sources name this very service, so nobody waits for another one to show.
  private static boolean isAgreed(Incident incident, Snapshot snapshot) {
    return snapshot.sensed().triggers().values().stream()
        .filter(t -> t.kind() == Trigger.Kind.CROSS_DOMAIN_ALERT)
        .anyMatch(t -> t.service().equals(Optional.of(incident.service())));
  }

  /// An alert that was on before a run helped goes away when its source has looked again.
  private boolean isLingering(Incident incident, Snapshot snapshot, Instant now) {
    ServiceId service = incident.service();
    Optional<Instant> helped =
        snapshot.outcomes().stream()
            .filter(o -> o.service().equals(service) && o.outcome() == Run.Outcome.SUCCEEDED)
            .map(Snapshot.RecentOutcome::at)
            .max(Instant::compareTo);
    return incident.helped().isPresent()
        && helped.isPresent()
        && now.isBefore(helped.get().plus(policy.sensing().linger()))
        && snapshot.health(service).symptoms().stream().allMatch(Symptom::isAlert)
        && snapshot.sensed().alertsOf(service).stream()
            .filter(AlertState::counts)
            .allMatch(a -> a.since().isBefore(helped.get()));
  }

  private List<Event> propose(
      Incident incident, Snapshot snapshot, Readings readings, Instant now) {
    Diagnosis diagnosis = incident.diagnosis().orElseThrow();
    Incident root = Correlation.root(incident, snapshot);
    if (!root.id().equals(incident.id()) && !root.service().equals(cause(diagnosis))) {
      String why = "is part of " + root.id() + ", which is looked after in its place";
      return skip(incident, diagnosis, Optional.empty(), "part_of_incident", why, now);
    }
    if (diagnosis.causedBy().isPresent()) {
      String why = diagnosis.causedBy().get() + " is the cause and is healed first";
      return skip(incident, diagnosis, Optional.empty(), "caused_by_dependency", why, now);
    }
    if (isHeldOut(incident, snapshot, now)) {
      String why = "is left alone for a while, to see whether it recovers by itself";
      return skip(incident, diagnosis, Optional.empty(), "held_out", why, now);
    }
    var choosing =
        new Choosing(
            policy,
            ranker,
            calls.topology(snapshot.sensed()),
            incident,
            diagnosis,
            snapshot,
            readings,
            now);
    return switch (choosing.choose()) {
      case Choice.Chosen(Proposal proposal, Verdict.Denied no) ->
          denied(incident, diagnosis, proposal.plan().playbook(), no, now);
      case Choice.Chosen(Proposal proposal, Verdict verdict) ->
          List.of(proposed(proposal, verdict, snapshot, policy, now));
      case Choice.Denied(PlaybookId playbook, Verdict.Denied no) ->
          denied(incident, diagnosis, playbook, no, now);
      case Choice.NothingLeft() -> noPlaybookLeft(incident, diagnosis, now);
    };
  }

  /// Whether it is one of the few that show what happens without help. Which ones is as good as by
  /// chance, and the same whenever it is asked.
  private boolean isHeldOut(Incident incident, Snapshot snapshot, Instant now) {
    return policy
        .learning()
        .holdOut()
        .filter(h -> h.severity().atLeast(incident.severity()))
        .filter(h -> now.isBefore(incident.began().plus(h.time())))
        .filter(h -> incident.attempts().isEmpty() && !isAgreed(incident, snapshot))
        .map(h -> Hash.sha256("held out " + incident.id()).share() < h.share())
        .orElse(false);
  }

  private static ServiceId cause(Diagnosis diagnosis) {
    return diagnosis.causedBy().orElse(diagnosis.service());
  }

  static RunProposed proposed(
      Proposal proposal, Verdict verdict, Snapshot snapshot, Policy policy, Instant now) {
    return new RunProposed(
        new RunId(String.format(Locale.ROOT, "r-%06d", snapshot.lastRun() + 1)),
        proposal,
        verdict.receipts(),
        verdict.would(),
        now.plus(policy.limits().approvalTimeout()),
        now);
  }

  private List<Event> denied(
      Incident incident,
      Diagnosis diagnosis,
      PlaybookId playbook,
      Verdict.Denied denied,
      Instant now) {
    List<Event> skipped =
        skip(incident, diagnosis, Optional.of(playbook), denied.rule(), denied.reason(), now);
    if (CALLS_A_PERSON.contains(denied.rule()) && !incident.isEscalated()) {
      var events = new ArrayList<>(skipped);
      events.add(new IncidentEscalated(incident.id(), denied.reason(), now));
      return events;
    }
    return skipped;
  }

  private List<Event> noPlaybookLeft(Incident incident, Diagnosis diagnosis, Instant now) {
    String why = "no playbook is left for " + diagnosis.kind();
    var events =
        new ArrayList<>(skip(incident, diagnosis, Optional.empty(), "no_playbook", why, now));
    if (!incident.isEscalated()) {
      events.add(new IncidentEscalated(incident.id(), why, now));
    }
    return events;
  }

  /// Recorded when the reason changes, so that a reason that lasts is one line in the journal.
  private static List<Event> skip(
      Incident incident,
      Diagnosis diagnosis,
      Optional<PlaybookId> playbook,
      String rule,
      String why,
      Instant now) {
    var event =
        new ProposalSkipped(
            incident.id(), incident.service(), diagnosis.kind(), playbook, rule, why, now);
    return incident.lastSkip().equals(Optional.of(event.sameness())) ? List.of() : List.of(event);
  }
}
