package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.ProposalSkipped;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.govern.Ask;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Verdict;
import io.grace.core.model.Candidate;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.core.monitor.Verifier;
import io.grace.core.plan.Planner;
import io.grace.core.plan.Planner.Option;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// Plan and govern: an incident becomes a proposal, or a recorded reason why not.
final class ProposalStage {
  private final Policy policy;

  ProposalStage(Policy policy) {
    this.policy = policy;
  }

  /// At most one proposal a pass, so that the next incident is judged with this one in the budget.
  List<Event> decide(Snapshot snapshot, Readings readings, Instant now) {
    for (ServiceId service : new TreeMap<>(snapshot.openIncidents()).keySet()) {
      Incident incident = snapshot.openIncident(service).orElseThrow();
      if (isRipe(incident, snapshot, now)) {
        List<Event> events = propose(incident, snapshot, readings, now);
        if (!events.isEmpty()) {
          return events;
        }
      }
    }
    return List.of();
  }

  private boolean isRipe(Incident incident, Snapshot snapshot, Instant now) {
    Duration settle =
        policy.service(incident.service()).map(ServicePolicy::settle).orElse(Duration.ZERO);
    return snapshot.health(incident.service()).isSick()
        && incident.diagnosis().isPresent()
        && incident.needsPerson().isEmpty()
        && snapshot.openRun(incident.service()).isEmpty()
        && !now.isBefore(incident.since().plus(settle));
  }

  private List<Event> propose(
      Incident incident, Snapshot snapshot, Readings readings, Instant now) {
    Diagnosis diagnosis = incident.diagnosis().orElseThrow();
    if (diagnosis.causedBy().isPresent()) {
      String why = diagnosis.causedBy().get() + " is the cause and is healed first";
      return skip(incident, diagnosis, Optional.empty(), "caused_by_dependency", why, now);
    }
    var passed = new ArrayList<Candidate>();
    List<Option> options = Planner.rank(diagnosis, incident.ruledOut(), policy, snapshot);
    Optional<Verdict.Denied> firstDenial = Optional.empty();
    Optional<PlaybookId> deniedPlaybook = Optional.empty();
    for (int i = 0; i < options.size(); i++) {
      Option option = options.get(i);
      if (option.plan().isEmpty()) {
        passed.add(passedOver(option, option.obstacle()));
        continue;
      }
      var candidates = new ArrayList<>(passed);
      candidates.add(chosen(option));
      options
          .subList(i + 1, options.size())
          .forEach(o -> candidates.add(passedOver(o, "ranked below " + option.playbook())));
      Proposal proposal =
          proposal(incident, diagnosis, option.plan().get(), Event.GRACE, candidates, policy);
      Verdict verdict =
          Gate.judge(ask(Moment.PROPOSAL, Optional.empty(), proposal, snapshot, readings, now));
      if (!(verdict instanceof Verdict.Denied denied)) {
        return List.of(proposed(proposal, verdict, snapshot, policy, now));
      }
      if (!Gate.isAboutPlaybook(denied.rule())) {
        return denied(incident, diagnosis, option.playbook(), denied, now);
      }
      passed.add(passedOver(option, denied.rule() + ": " + denied.reason()));
      if (firstDenial.isEmpty()) {
        firstDenial = Optional.of(denied);
        deniedPlaybook = Optional.of(option.playbook());
      }
    }
    if (firstDenial.isPresent()) {
      return denied(incident, diagnosis, deniedPlaybook.orElseThrow(), firstDenial.get(), now);
    }
    return noPlaybookLeft(incident, diagnosis, now);
  }

  private static Candidate chosen(Option option) {
    return new Candidate(option.playbook(), option.score(), 1, option.reason(), Optional.empty());
  }

  private static Candidate passedOver(Option option, String why) {
    return new Candidate(option.playbook(), option.score(), 0, option.reason(), Optional.of(why));
  }

  static Proposal proposal(
      Incident incident,
      Diagnosis diagnosis,
      Plan plan,
      String requestedBy,
      List<Candidate> candidates,
      Policy policy) {
    return new Proposal(
        incident.id(),
        diagnosis,
        plan,
        Plans.hash(plan, policy.hash()),
        policy.hash(),
        policy.topology().blastRadius(plan.targets()),
        requestedBy,
        policy.mode(plan.service(), plan.playbook()),
        candidates);
  }

  private Ask ask(
      Moment moment,
      Optional<RunId> run,
      Proposal proposal,
      Snapshot snapshot,
      Readings readings,
      Instant now) {
    return new Ask(
        moment,
        run,
        proposal,
        List.of(),
        snapshot,
        policy,
        unmet(proposal, readings, policy, now),
        readings.lastHeard(proposal.service()),
        now);
  }

  static List<String> unmet(Proposal proposal, Readings readings, Policy policy, Instant now) {
    return Verifier.unmet(
        proposal.plan().preconditions(), readings, now.minus(policy.limits().staleAfter()));
  }

  static RunProposed proposed(
      Proposal proposal, Verdict verdict, Snapshot snapshot, Policy policy, Instant now) {
    return new RunProposed(
        new RunId(String.format(Locale.ROOT, "r-%06d", snapshot.lastRun() + 1)),
        proposal,
        verdict.receipts(),
        summary(verdict),
        now.plus(policy.limits().approvalTimeout()),
        now);
  }

  private static String summary(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Allowed _ -> "would act";
      case Verdict.NeedsApproval v -> "would ask: " + v.reason();
      case Verdict.Deferred v -> "would wait: " + v.reason();
      case Verdict.Denied v -> "would not act: " + v.reason();
    };
  }

  private List<Event> denied(
      Incident incident,
      Diagnosis diagnosis,
      PlaybookId playbook,
      Verdict.Denied denied,
      Instant now) {
    List<Event> skipped =
        skip(incident, diagnosis, Optional.of(playbook), denied.rule(), denied.reason(), now);
    if (denied.rule().equals("attempt_cap") && !incident.isEscalated()) {
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
