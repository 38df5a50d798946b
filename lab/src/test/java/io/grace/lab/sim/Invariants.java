package io.grace.lab.sim;

import io.grace.core.event.Event;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.Resumed;
import io.grace.core.event.Event.RunAnswered;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.govern.Warrant;
import io.grace.core.model.Check;
import io.grace.core.model.Condition;
import io.grace.core.model.Finding;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import io.grace.core.state.Snapshot.Ailment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// Judges the log and the world by rules written anew, not by asking the gate.
final class Invariants {
  /// A backlog may take a few cycles more than the limit itself.
  private static final int CYCLES_LATE = 4;

  private final Findings findings = new Findings();
  private final StartRules starts = new StartRules(findings);
  private final Map<RunId, Seen> seen = new HashMap<>();
  private final Map<ServiceId, List<Instant>> proposed = new HashMap<>();
  private final Map<Ailment, List<Instant>> attempts = new HashMap<>();
  private final Set<String> performed = new HashSet<>();
  private final Set<IncidentId> escalated = new HashSet<>();
  private final Map<IncidentId, Integer> mustEscalate = new HashMap<>();
  private final Map<RunId, Integer> late = new HashMap<>();
  private final Set<RunId> clean = new HashSet<>();
  private final Map<Run.Outcome, Integer> outcomes = new EnumMap<>(Run.Outcome.class);
  private Snapshot shadow = Snapshot.EMPTY;
  private boolean paused;
  private int acted;
  private int read;

  /// What the log says of one run.
  private static final class Seen {
    private final Proposal proposal;
    private final List<RunApproved> approvals = new ArrayList<>();
    private final Set<Integer> started = new HashSet<>();
    private final Set<String> intents = new HashSet<>();
    private final Set<Integer> over = new HashSet<>();
    private Instant changed = Instant.EPOCH;

    Seen(Proposal proposal) {
      this.proposal = proposal;
    }
  }

  Map<Run.Outcome, Integer> outcomes() {
    return outcomes;
  }

  Map<Invariant, String> broken() {
    return findings.broken();
  }

  Snapshot shadow() {
    return shadow;
  }

  void breaks(Invariant invariant, String how) {
    findings.breaks(invariant, how);
  }

  private void require(boolean holds, Invariant invariant, Object how) {
    findings.require(holds, invariant, how);
  }

  // ---- the world

  /// An effect begins. The log was read up to here.
  void effect(Warrant warrant, Run run, long epoch, Policy policy) {
    String key = warrant.idempotencyKey();
    Seen known = seen.get(run.id());
    require(
        known != null && known.intents.contains(key + "@" + epoch),
        Invariant.NO_EFFECT_WITHOUT_INTENT,
        key + " in life " + epoch);
    require(performed.add(key), Invariant.NO_EFFECT_TWICE, key);
    require(!paused, Invariant.KILL_SWITCH_HOLDS, "effect " + key);
    starts.observed(run.plan(), policy, "effect " + key);
  }

  // ---- the log

  /// Reads what is new in the log.
  void read(List<Event> log, Policy policy, Readings readings) {
    for (; read < log.size(); read++) {
      Event event = log.get(read);
      note(event, policy, readings);
      follow(event);
    }
  }

  private void follow(Event event) {
    try {
      if (event instanceof RunEvent e && shadow.run(e.run()).isPresent()) {
        Run before = shadow.run(e.run()).get();
        if (RunTable.accepts(before, e) && RunTable.apply(before, e) instanceof Run.Done done) {
          ended(done, e);
        }
      }
      shadow = shadow.after(List.of(event));
    } catch (IllegalStateException e) {
      breaks(Invariant.REPLAY_EQUALS_STATE, String.valueOf(e.getMessage()));
    }
  }

  private void note(Event event, Policy policy, Readings readings) {
    switch (event) {
      case Paused _ -> paused = true;
      case Resumed _ -> paused = false;
      case IncidentEscalated e -> {
        escalated.add(e.incident());
        mustEscalate.remove(e.incident());
      }
      case IncidentReopened e -> escalated.remove(e.incident());
      case RunProposed e -> proposed(e, policy);
      case RunApproved e -> of(e).approvals.add(e);
      case StepStarted e -> started(e, of(e), policy);
      case StepEnded e -> ended(e, of(e));
      case StepChecked e -> of(e).over.add(e.step());
      case StepDecided e -> of(e).over.add(e.step());
      case StepAnswered e -> of(e).over.add(e.step());
      case CompensationStarted e -> {
        Seen run = of(e);
        require(run.started.contains(e.step()), Invariant.UNDO_FOLLOWS_INTENT, e);
        require(!paused, Invariant.KILL_SWITCH_HOLDS, e);
        run.intents.add(e.run() + "/" + e.step() + "/undo@" + e.epoch());
        starts.observed(run.proposal.plan(), policy, e.toString());
      }
      case RunVerified e when e.finding() == Finding.PASSED -> verified(e, of(e), readings);
      default -> {}
    }
  }

  private Seen of(RunEvent event) {
    return Objects.requireNonNull(seen.get(event.run()), () -> "never proposed: " + event);
  }

  private void proposed(RunProposed e, Policy policy) {
    seen.put(e.run(), new Seen(e.proposal()));
    var times = proposed.computeIfAbsent(e.proposal().service(), _ -> new ArrayList<>());
    times.add(e.at());
    require(
        within(times, e.at(), Duration.ofHours(1)) <= policy.limits().proposalsPerHour(),
        Invariant.PROPOSAL_RATE_HOLDS,
        e.run());
    long tried =
        within(
            attempts.getOrDefault(ailment(e.proposal()), List.of()),
            e.at(),
            policy.limits().attemptWindow());
    require(tried < policy.limits().attempts(), Invariant.ATTEMPT_CAP_HOLDS, e.run());
  }

  private static long within(List<Instant> times, Instant now, Duration window) {
    return times.stream().filter(t -> t.isAfter(now.minus(window))).count();
  }

  private static Ailment ailment(Proposal proposal) {
    return new Ailment(proposal.service(), proposal.diagnosis().kind());
  }

  private void started(StepStarted e, Seen run, Policy policy) {
    run.intents.add(e.run() + "/" + e.step() + "/" + e.attempt() + "@" + e.epoch());
    if (run.started.isEmpty()) {
      attempts.computeIfAbsent(ailment(run.proposal), _ -> new ArrayList<>()).add(e.at());
      starts.consented(e, run.proposal, run.approvals, policy);
    }
    turn(e, run);
    run.started.add(e.step());
    run.changed = e.at();
    require(!paused, Invariant.KILL_SWITCH_HOLDS, e);
    require(policy.calendar().freezeAt(e.at()).isEmpty(), Invariant.FREEZE_HOLDS, e);
    starts.observed(run.proposal.plan(), policy, e.toString());
    starts.shared(e, run.proposal, shadow, policy);
  }

  private static void ended(StepEnded e, Seen run) {
    run.changed = e.at();
    var act = run.proposal.plan().steps().get(e.step()).act().orElseThrow();
    boolean isTriedAgain =
        e.outcome() == Event.StepOutcome.PASSING && e.attempt() < act.retries().max();
    boolean isChecked = e.outcome() == Event.StepOutcome.DONE && act.check().isPresent();
    if (!isTriedAgain && !isChecked) {
      run.over.add(e.step());
    }
  }

  /// What it waits for is over; a step that depended on a result may have been skipped.
  private void turn(StepStarted e, Seen run) {
    var steps = run.proposal.plan().steps();
    for (int before : steps.get(e.step()).after()) {
      require(
          run.over.contains(before) || !steps.get(before).when().isEmpty(),
          Invariant.STEPS_WAIT_THEIR_TURN,
          e + " before " + steps.get(before).name());
    }
    steps
        .get(e.step())
        .slot()
        .ifPresent(slot -> {
          var items = new HashSet<Integer>();
          items.add(slot.item());
          for (int step : run.started) {
            steps
                .get(step)
                .slot()
                .filter(other -> other.group() == slot.group() && !run.over.contains(step))
                .ifPresent(other -> items.add(other.item()));
          }
          require(
              items.size() <= run.proposal.plan().groups().get(slot.group()).most(),
              Invariant.GROUPS_KEEP_THEIR_LIMIT,
              e + " with " + items);
        });
  }

  private void verified(RunVerified e, Seen run, Readings readings) {
    var verification = run.proposal.plan().verification();
    Instant settled = run.changed.plus(verification.stabilisation());
    for (Condition claim : verification.checks()) {
      Check check = (Check) claim;
      var newest =
          readings.newest(
              check.target().orElseThrow(), check.metric(), settled, verification.samples());
      require(
          newest.size() == verification.samples()
              && newest.stream().allMatch(r -> check.holds(r.value())),
          Invariant.SUCCESS_IS_VERIFIED,
          e.run() + ": " + check + " measured " + newest);
    }
  }

  private void ended(Run.Done done, RunEvent by) {
    Seen run = of(by);
    outcomes.merge(done.outcome(), 1, Integer::sum);
    if (!run.started.isEmpty()) {
      acted++;
    }
    if (done.outcome() == Run.Outcome.SUCCEEDED) {
      boolean isVerified =
          (by instanceof RunVerified v && v.finding() == Finding.PASSED)
              || (by instanceof RunAnswered a && a.finding() == Finding.PASSED);
      require(
          isVerified && done.acted() && !run.started.isEmpty(), Invariant.SUCCESS_IS_VERIFIED, by);
    } else if (done.aftermath() == Run.Aftermath.CLEAN) {
      clean.add(done.id());
    }
    if (done.aftermath() == Run.Aftermath.UNSURE
        && !escalated.contains(done.proposal().incident())) {
      mustEscalate.put(done.proposal().incident(), 0);
    }
  }

  // ---- after a cycle

  /// @param isComplete whether the cycle came to its end
  void afterCycle(Snapshot state, SimHands hands, Instant now, boolean isComplete) {
    require(shadow.equals(state), Invariant.REPLAY_EQUALS_STATE, "the loop's state differs");
    require(
        state.beliefs().values().stream().mapToInt(b -> b.all().runs()).sum() == acted,
        Invariant.LEARNING_COUNTS_ACTS,
        acted + " runs acted");
    for (SimHands.Mark mark : hands.marks()) {
      boolean isClaimed = clean.contains(mark.run()) && !hands.isCutOff(mark.run());
      require(
          !isClaimed
              || Objects.requireNonNull(seen.get(mark.run()))
                  .proposal
                  .plan()
                  .steps()
                  .get(mark.step())
                  .compensation()
                  .isEmpty(),
          Invariant.CLEAN_IS_CLEAN,
          mark);
    }
    if (isComplete) {
      mustEscalate.replaceAll((_, cycles) -> cycles + 1);
      mustEscalate.forEach((incident, cycles) ->
          require(cycles <= CYCLES_LATE, Invariant.UNSURE_IS_ESCALATED, incident));
      limits(now);
    }
  }

  private void limits(Instant now) {
    late.keySet().retainAll(shadow.runs().keySet());
    for (Run run : new TreeMap<>(shadow.runs()).values()) {
      boolean isLate = !now.isBefore(limit(run));
      int cycles = isLate ? late.merge(run.id(), 1, Integer::sum) : 0;
      if (!isLate) {
        late.remove(run.id());
      }
      require(cycles <= CYCLES_LATE, Invariant.EVERY_RUN_ENDS, run.id() + " is past its limit");
    }
  }

  /// Samples of an earlier life are gone, so looking starts anew with each.
  private Instant limit(Run run) {
    if (run instanceof Run.Verifying v) {
      Instant life = shadow.life().since();
      return (life.isAfter(v.since()) ? life : v.since()).plus(v.plan().verification().timeout());
    }
    return run.limit().orElseThrow();
  }
}
