package io.grace.runtime.rehearsal;

import io.grace.core.event.Event;
import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.HealthChanged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.LifeStarted;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.loop.Reconciler;
import io.grace.core.model.Argument;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Health;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Mode;
import io.grace.core.model.Occasion;
import io.grace.core.model.Plan;
import io.grace.core.model.Plan.Result;
import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.monitor.Verifier;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import io.grace.runtime.rehearsal.Script.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One playbook played once. It is approved by two people before it begins, the calendar is open
/// and no other run is there, so that what is seen is what the playbook does. Owned by one thread.
///
/// The second is the unit of time: measurements come once a second, and so does the loop.
public final class Rehearsal {
  private static final Instant START = Instant.parse("2030-01-07T12:00:00Z");
  private static final Duration TICK = Duration.ofSeconds(1);
  private static final RunId RUN = new RunId("r-000001");
  private static final IncidentId INCIDENT = new IncidentId("i-000001");

  /// Beyond the longest that a run may be open, with a person's answer and undoing everything.
  private static final Duration TOO_LONG = Duration.ofHours(5);

  private final Policy policy;
  private final Script script;
  private final Gauges gauges = new Gauges();
  private final Map<String, Pending> underWay = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final List<String> steps = new ArrayList<>();
  private final List<String> undone = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final Map<String, Argument> results = new HashMap<>();
  private final List<String> story = new ArrayList<>();
  private Snapshot snapshot = Snapshot.EMPTY;
  private Instant now = START;
  private Instant admitted = START;
  private long epoch = 1;
  private int acting;
  private Duration worked = Duration.ZERO;

  /// The run as it is after the last event, also when it is over.
  private Optional<Run> last = Optional.empty();

  private Reconciler reconciler;

  private record Pending(RunEvent result, Instant at, Effect effect) {}

  private Rehearsal(Policy policy, Script script) {
    this.policy = policy;
    this.script = script;
    this.reconciler = new Reconciler(policy, Duration.ofHours(24));
  }

  /// Plays the playbook for the service of the script's diagnosis.
  ///
  /// @param policy whose catalogue, metrics, topology and settings count
  public static Played play(Policy policy, Playbook playbook, Script script) {
    return new Rehearsal(calm(policy, playbook, script), script).play(playbook);
  }

  /// The same policy where nothing stands in the way.
  private static Policy calm(Policy p, Playbook playbook, Script script) {
    var services = new HashMap<>(p.services());
    var service = script.diagnosis().service();
    var known = p.services().get(service);
    services.put(
        service,
        new ServicePolicy(
            service,
            Mode.AUTONOMOUS,
            Map.of(),
            Map.of(),
            known == null ? Set.of() : known.dependsOn(),
            Duration.ZERO));
    Limits l = p.limits();
    var limits =
        new Limits(
            1_000,
            l.backoffBase(),
            l.backoffMax(),
            l.backoffJitter(),
            100_000,
            100,
            100_000,
            100,
            1_000,
            l.attemptWindow(),
            l.staleAfter(),
            playbook.timeout(),
            Duration.ofHours(1),
            l.reopenWithin());
    return new Policy(
        p.hash(),
        Mode.AUTONOMOUS,
        services,
        p.metrics(),
        p.triage(),
        List.of(playbook),
        p.catalogue(),
        ChangeCalendar.always(),
        limits,
        Approvals.DEFAULTS,
        p.topology(),
        p.sensing(),
        Learning.OFF);
  }

  private Played play(Playbook playbook) {
    gauges.set(script.metrics());
    sample();
    Plan plan;
    try {
      plan =
          Plans.of(
              playbook,
              script.diagnosis().service(),
              script.settings(),
              new Occasion(Optional.of(script.diagnosis()), policy.topology()));
    } catch (IllegalArgumentException e) {
      return Played.notStarted(Optional.empty(), String.valueOf(e.getMessage()));
    }
    List<String> unmet =
        Verifier.unmet(plan.preconditions(), gauges, now.minus(policy.limits().staleAfter()));
    if (!unmet.isEmpty()) {
      return Played.notStarted(Optional.of(plan), "preconditions: " + String.join("; ", unmet));
    }
    begin(plan);
    while (snapshot.run(RUN).isPresent()) {
      if (Duration.between(START, now).compareTo(TOO_LONG) > 0) {
        throw new IllegalStateException(playbook.id() + " did not end: " + snapshot.run(RUN));
      }
      tick();
    }
    return played(plan);
  }

  private void begin(Plan plan) {
    var service = plan.service();
    Hash hash = Plans.hash(plan, policy.hash());
    var health = new Health(Health.Status.CRITICAL, 1, script.diagnosis().evidence());
    BlastRadius radius = policy.topology().blastRadius(plan.targets());
    var proposal =
        new Proposal(
            INCIDENT,
            script.diagnosis(),
            plan,
            hash,
            policy.hash(),
            radius,
            Event.GRACE,
            Mode.AUTONOMOUS,
            List.of());
    record(new LifeStarted(epoch, "rehearsal", policy.hash(), Mode.AUTONOMOUS, now));
    record(new HealthChanged(service, Health.Status.UNKNOWN, health, now));
    record(
        new IncidentOpened(
            INCIDENT, service, Hash.sha256("rehearsal"), script.diagnosis().severity(), now));
    record(new IncidentDiagnosed(INCIDENT, script.diagnosis(), now));
    record(new RunProposed(RUN, proposal, List.of(), "", now.plus(TOO_LONG), now));
    for (String by : List.of("ann", "bob")) {
      record(new RunApproved(RUN, by, hash, ApprovalScope.OVERRIDE, "rehearsal", now));
    }
    admitted = now;
    record(new RunAdmitted(RUN, List.of(), now.plus(plan.timeout()), now));
    story.clear();
    decide();
  }

  // ---- time

  private void tick() {
    now = now.plus(TICK);
    Duration age = Duration.between(admitted, now);
    script.changes().stream().filter(c -> c.at().equals(age)).forEach(c -> gauges.set(c.metrics()));
    if (script.crashes().contains(age)) {
      crash();
    }
    for (Map.Entry<String, Pending> ended : Map.copyOf(underWay).entrySet()) {
      if (!now.isBefore(ended.getValue().at())) {
        underWay.remove(ended.getKey());
        land(ended.getValue());
      }
    }
    answer();
    sample();
    decide();
  }

  private void sample() {
    gauges.sample(now);
  }

  /// The next life; what was under way may have been done.
  private void crash() {
    underWay.values().forEach(pending -> gauges.set(pending.effect().then()));
    underWay.clear();
    epoch++;
    story.add(at() + "the process dies, and the next one begins");
    record(new LifeStarted(epoch, "rehearsal", policy.hash(), Mode.AUTONOMOUS, now));
    reconciler = new Reconciler(policy, Duration.ofHours(24));
  }

  private void land(Pending pending) {
    gauges.set(pending.effect().then());
    accept(pending.result());
  }

  private void accept(RunEvent event) {
    Optional<Run> run = snapshot.run(RUN);
    if (run.isPresent() && RunTable.accepts(run.get(), event)) {
      record(event);
    }
  }

  private void answer() {
    if (snapshot.run(RUN).orElse(null) instanceof Run.Working w) {
      for (int step = 0; step < w.progress().places().size(); step++) {
        Plan.Step planned = w.plan().steps().get(step);
        if (w.progress().place(step) instanceof Place.Open(Instant since)
            && planned.work() instanceof Plan.Ask) {
          answer(step, planned.name(), since);
        }
      }
    }
  }

  private void answer(int step, String name, Instant since) {
    if (!asked.contains(name)) {
      asked.add(name);
    }
    var answer = script.answers().get(name);
    if (answer != null && !now.isBefore(since.plus(answer.after())) && answered.add(name)) {
      accept(new StepAnswered(RUN, step, "ann", answer.with(), "rehearsal", now));
    }
  }

  private void decide() {
    boolean goesOn = true;
    while (goesOn && snapshot.run(RUN).isPresent()) {
      List<Event> events = reconciler.reconcile(snapshot, gauges, Set.of(), now).events();
      var ours =
          events.stream().filter(e -> e instanceof RunEvent r && r.run().equals(RUN)).toList();
      ours.forEach(this::record);
      goesOn = !ours.isEmpty();
    }
    snapshot.run(RUN).ifPresent(this::perform);
  }

  private void perform(Run run) {
    switch (run) {
      case Run.Working w -> {
        for (int step = 0; step < w.progress().places().size(); step++) {
          if (w.progress().place(step) instanceof Place.Acting(int attempt, long life, _)
              && life == epoch) {
            act(w, step, attempt);
          }
        }
        acting = Math.max(acting, underWay.size());
      }
      case Run.Compensating c -> undo(c);
      default -> underWay.clear();
    }
  }

  private void act(Run.Working run, int step, int attempt) {
    String name = run.plan().steps().get(step).name();
    String key = step + "/" + attempt;
    if (!underWay.containsKey(key)) {
      Effect effect = script.effect(name, attempt);
      Instant end = effect.ending().map(_ -> now.plus(effect.after())).orElse(Instant.MAX);
      StepOutcome outcome = effect.ending().orElse(StepOutcome.UNKNOWN);
      var result = new StepEnded(RUN, step, attempt, outcome, said(name, outcome), end);
      underWay.put(key, new Pending(result, end, effect));
    }
  }

  private void undo(Run.Compensating run) {
    String name = run.plan().steps().get(run.step()).name();
    String key = run.step() + "/undo";
    if (!underWay.containsKey(key)) {
      underWay.clear(); // What was under way is not waited for any more.
      Effect effect = script.undos().getOrDefault(name, Effect.DONE);
      Instant end = effect.ending().map(_ -> now.plus(effect.after())).orElse(Instant.MAX);
      StepOutcome outcome = effect.ending().orElse(StepOutcome.UNKNOWN);
      underWay.put(
          key,
          new Pending(
              new CompensationEnded(RUN, run.step(), outcome, said(name, outcome), end),
              end,
              effect));
    }
  }

  private static String said(String step, StepOutcome outcome) {
    return step + " " + outcome.name().toLowerCase(Locale.ROOT);
  }

  // ---- what is remembered

  private void record(Event event) {
    Optional<Run> before = snapshot.run(RUN);
    if (before.isPresent() && event instanceof RunEvent e) {
      last = Optional.of(RunTable.apply(before.get(), e));
      note(e, before.get());
    }
    snapshot = snapshot.after(List.of(event));
  }

  private void note(RunEvent event, Run before) {
    Plan plan = before.plan();
    switch (event) {
      case StepStarted e -> {
        steps.add(plan.steps().get(e.step()).name());
        tell(plan, e.step(), e.attempt() == 0 ? "begins" : "begins again");
      }
      case StepEnded e -> tell(plan, e.step(), "is " + e.outcome().name().toLowerCase(Locale.ROOT));
      case StepChecked e ->
          tell(plan, e.step(), "is judged " + lower(e.finding()) + ": " + e.detail());
      case StepDecided e -> tell(plan, e.step(), e.result() + ": " + e.detail());
      case StepAnswered e -> tell(plan, e.step(), "is answered " + e.answer());
      case CompensationStarted e -> {
        undone.add(plan.steps().get(e.step()).name());
        tell(plan, e.step(), "is taken back");
      }
      case RunVerified e -> story.add(at() + "judged " + lower(e.finding()) + ": " + e.detail());
      default -> {}
    }
    if (last.orElse(null) instanceof Run.Working w) {
      worked = Duration.between(admitted, now);
      collect(w);
    } else {
      worked = before instanceof Run.Working ? Duration.between(admitted, now) : worked;
      conclude(event, plan);
    }
  }

  /// What came of the step with which the steps ended; those that are left were not called for.
  private void conclude(RunEvent event, Plan plan) {
    switch (event) {
      case StepDecided e -> conclude(plan, e.step(), e.result());
      case StepAnswered e -> conclude(plan, e.step(), e.answer());
      case StepEnded e when e.outcome() == StepOutcome.DONE ->
          conclude(plan, e.step(), Result.DONE);
      case StepChecked e when e.finding() == Finding.PASSED ->
          conclude(plan, e.step(), Result.DONE);
      default -> {}
    }
  }

  private void conclude(Plan plan, int step, Argument result) {
    results.put(plan.steps().get(step).name(), result);
    if (last.orElse(null) instanceof Run.Verifying) {
      plan.steps().forEach(s -> results.putIfAbsent(s.name(), Result.SKIPPED));
    }
  }

  private void collect(Run.Working run) {
    for (int step = 0; step < run.progress().places().size(); step++) {
      int number = step;
      run.progress()
          .result(step)
          .ifPresent(r -> results.put(run.plan().steps().get(number).name(), r));
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private void tell(Plan plan, int step, String what) {
    story.add(at() + plan.steps().get(step).name() + " " + what);
  }

  private String at() {
    return String.format(Locale.ROOT, "%5d s  ", Duration.between(admitted, now).toSeconds());
  }

  private Played played(Plan plan) {
    Run.Done done = (Run.Done) last.orElseThrow();
    story.add(at() + lower(done.outcome()) + ": " + done.reason());
    return new Played(
        Optional.of(plan),
        Optional.of(done.outcome()),
        Optional.of(done.aftermath()),
        done.reason(),
        steps,
        undone,
        results,
        asked,
        Duration.between(admitted, now),
        worked,
        acting,
        story);
  }
}
