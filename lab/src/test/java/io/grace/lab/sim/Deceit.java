package io.grace.lab.sim;

import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.Impact;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// How a [Plant] deceives: another policy than the true one, another log than the loop believes.
final class Deceit {
  private final Plant plant;
  private final Policy policy;
  private int batches;

  Deceit(Plant plant, Policy policy) {
    this.plant = plant;
    this.policy = policy;
  }

  /// The policy that the loop is given.
  Policy policy() {
    Limits l = policy.limits();
    return switch (plant) {
      case IGNORES_MODE ->
          with(Mode.AUTONOMOUS, autonomous(), policy.calendar(), l, policy.approvals());
      case IGNORES_FREEZE ->
          with(
              policy.ceiling(),
              policy.services(),
              new ChangeCalendar(policy.calendar().windows(), List.of()),
              l,
              policy.approvals());
      case IGNORES_BLAST_RADIUS -> limits(limits(l, l.proposalsPerHour(), 99, 100, l.attempts()));
      case IGNORES_RATE ->
          limits(limits(l, 60, l.blastRadius(), l.blastRadiusPercent(), l.attempts()));
      case IGNORES_ATTEMPTS ->
          limits(limits(l, l.proposalsPerHour(), l.blastRadius(), l.blastRadiusPercent(), 60));
      case IGNORES_QUORUM ->
          with(
              policy.ceiling(),
              policy.services(),
              policy.calendar(),
              l,
              new Approvals(
                  Map.of(Impact.LOW, 1, Impact.MEDIUM, 1, Impact.HIGH, 1, Impact.CRITICAL, 1), 1));
      default -> policy;
    };
  }

  private Policy limits(Limits limits) {
    return with(policy.ceiling(), policy.services(), policy.calendar(), limits, policy.approvals());
  }

  private static Limits limits(Limits l, int rate, int radius, double percent, int attempts) {
    return new Limits(
        rate,
        l.backoffBase(),
        l.backoffMax(),
        l.backoffJitter(),
        radius,
        percent,
        l.broken(),
        l.brokenPercent(),
        attempts,
        l.attemptWindow(),
        l.staleAfter(),
        l.runTimeout(),
        l.approvalTimeout(),
        l.reopenWithin());
  }

  private Map<ServiceId, ServicePolicy> autonomous() {
    var all = new HashMap<ServiceId, ServicePolicy>();
    policy
        .services()
        .forEach((id, s) ->
            all.put(
                id,
                new ServicePolicy(
                    id, Mode.AUTONOMOUS, Map.of(), s.settings(), s.dependsOn(), s.settle())));
    return all;
  }

  private Policy with(
      Mode ceiling,
      Map<ServiceId, ServicePolicy> services,
      ChangeCalendar calendar,
      Limits limits,
      Approvals approvals) {
    return new Policy(
        policy.hash(),
        ceiling,
        services,
        policy.metrics(),
        policy.triage(),
        policy.playbooks(),
        policy.catalogue(),
        calendar,
        limits,
        approvals,
        policy.topology(),
        policy.sensing(),
        policy.learning());
  }

  /// What the log gets of a batch.
  List<Event> inLog(List<Event> batch) {
    batches++;
    return switch (plant) {
      case TEARS_BATCHES -> batch.size() > 1 && batches % 7 == 0 ? batch.subList(0, 1) : batch;
      case IGNORES_PAUSE -> batches == 4 ? paused(batch) : batch;
      case KEEPS_QUIET -> without(IncidentEscalated.class, batch);
      case LOSES_INTENTS -> without(StepStarted.class, batch);
      case FORGETS_RESULTS -> without(RunVerified.class, batch);
      case LOSES_COMMANDS -> batch.stream().filter(e -> e.actor().equals(Event.GRACE)).toList();
      case IGNORES_TARGETS -> batch.stream().map(this::sameTarget).toList();
      case IGNORES_ORDER -> batch.stream().map(e -> with(e, Deceit::inARow)).toList();
      case IGNORES_GROUPS -> batch.stream().map(e -> with(e, Deceit::oneAtATime)).toList();
      default -> batch;
    };
  }

  private static List<Event> paused(List<Event> batch) {
    var all = new ArrayList<>(batch);
    all.add(new Paused("ann", "stop", batch.getLast().at()));
    return all;
  }

  private static List<Event> without(Class<? extends Event> kind, List<Event> batch) {
    return batch.stream().filter(e -> !kind.isInstance(e)).toList();
  }

  private static Plan.Act on(ServiceId target, Plan.Act act) {
    return new Plan.Act(
        new io.grace.core.model.Action(act.action().name(), target, act.action().arguments()),
        act.timeout(),
        act.retries(),
        act.check(),
        act.compensation(),
        act.goesOn());
  }

  private Event sameTarget(Event event) {
    ServiceId first = policy.services().keySet().stream().sorted().toList().getFirst();
    return with(
        event,
        plan ->
            plan(
                plan,
                plan.steps().stream()
                    .map(s ->
                        new Plan.Step(
                            s.name(),
                            s.act().<Plan.Work>map(act -> on(first, act)).orElse(s.work()),
                            s.after(),
                            s.when(),
                            s.slot()))
                    .toList(),
                plan.groups()));
  }

  private static Plan inARow(Plan plan) {
    var steps = new ArrayList<Plan.Step>();
    for (Plan.Step s : plan.steps()) {
      List<Integer> before = steps.isEmpty() ? List.of() : List.of(steps.size() - 1);
      steps.add(new Plan.Step(s.name(), s.work(), before, s.when(), s.slot()));
    }
    return plan(plan, steps, plan.groups());
  }

  private static Plan oneAtATime(Plan plan) {
    return plan(
        plan,
        plan.steps(),
        plan.groups().stream().map(g -> new Plan.Group(g.name(), g.items(), 1, 1)).toList());
  }

  private static Plan plan(Plan plan, List<Plan.Step> steps, List<Plan.Group> groups) {
    return new Plan(
        plan.playbook(),
        plan.version(),
        plan.service(),
        plan.preconditions(),
        steps,
        groups,
        plan.verification(),
        plan.impact(),
        plan.reversible(),
        plan.timeout());
  }

  private static Event with(Event event, UnaryOperator<Plan> other) {
    if (!(event instanceof RunProposed e)) {
      return event;
    }
    Proposal p = e.proposal();
    return new RunProposed(
        e.run(),
        new Proposal(
            p.incident(),
            p.diagnosis(),
            other.apply(p.plan()),
            p.hash(),
            p.policy(),
            p.blastRadius(),
            p.requestedBy(),
            p.mode(),
            p.candidates(),
            p.circumstances(),
            p.advice()),
        e.receipts(),
        e.verdict(),
        e.expires(),
        e.at());
  }
}
