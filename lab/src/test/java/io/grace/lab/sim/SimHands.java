package io.grace.lab.sim;

import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Warrant;
import io.grace.core.model.RunId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Working;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import io.grace.runtime.loop.Hands;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Performs warrants in the simulated world, by the same rules as the real effector: what this life
/// meant to do, each key once, no undo while its step is under way, nothing while paused. Effects
/// cure, do nothing, fail, stall, come late, come twice, and outlive the process that began them.
final class SimHands implements Hands {
  /// A step that changed the world and was not undone.
  record Mark(RunId run, int step) {}

  private static final Instant NEVER = Instant.MAX;

  private final Dice dice;
  private final Plant plant;
  private final SimFleet fleet;
  private final Begun begun;

  /// What this process knows; forgotten when it dies.
  private final Map<String, Effect> underWay = new LinkedHashMap<>();

  /// What the world is about to see, whoever began it.
  private final List<Effect> inWorld = new ArrayList<>();

  private final Set<Mark> marks = new HashSet<>();
  private final Set<RunId> cutOff = new TreeSet<>();
  private Instant now = Instant.EPOCH;
  private boolean calm;

  /// Told of every effect that begins.
  interface Begun {
    void effect(Warrant warrant, Run run, Snapshot snapshot);
  }

  SimHands(Dice dice, Plant plant, SimFleet fleet, Begun begun) {
    this.dice = dice;
    this.plant = plant;
    this.fleet = fleet;
    this.begun = begun;
  }

  void calm() {
    calm = true;
  }

  /// Steps that changed the world for good, as far as is known now.
  Set<Mark> marks() {
    return marks;
  }

  /// Whether the process died during an effect of the run, so that nobody can know.
  boolean isCutOff(RunId run) {
    return cutOff.contains(run);
  }

  /// The policy of this life.
  Hands with(Policy policy) {
    return snapshot -> perform(snapshot, policy);
  }

  @Override
  public void perform(Snapshot snapshot) {
    throw new IllegalStateException("needs a policy; see with");
  }

  private void perform(Snapshot snapshot, Policy policy) {
    crash("before perform");
    if (plant == Plant.FORGETS_UNDER_WAY && dice.percent(5)) {
      underWay.clear();
    }
    var asked = new HashSet<String>();
    var wanted = new ArrayList<Map.Entry<Warrant, Run>>();
    for (Run run : new TreeMap<>(snapshot.runs()).values()) {
      for (Warrant warrant : warrants(run, snapshot.life().epoch(), policy)) {
        asked.add(warrant.idempotencyKey());
        wanted.add(Map.entry(warrant, run));
      }
    }
    underWay.entrySet().removeIf(e -> !asked.contains(e.getKey()) && hasEnded(e.getValue()));
    for (var next : wanted) {
      Warrant warrant = next.getKey();
      if (!underWay.containsKey(warrant.idempotencyKey())
          && !snapshot.isPaused()
          && (plant == Plant.UNDO_RACES || !isBusy(warrant))) {
        start(warrant, next.getValue(), snapshot);
        crash("during perform");
      }
    }
  }

  /// Interrupts it, and says whether it is gone.
  private boolean hasEnded(Effect effect) {
    if (!effect.interrupted) {
      effect.interrupted = true;
      if (effect.landsAt == NEVER || dice.percent(50)) {
        inWorld.remove(effect);
      }
    }
    return plant == Plant.UNDO_RACES || !inWorld.contains(effect);
  }

  private boolean isBusy(Warrant warrant) {
    return underWay.values().stream()
        .anyMatch(e ->
            e.run.equals(warrant.run())
                && (warrant.isUndo() || e.step == warrant.step())
                && inWorld.contains(e));
  }

  private List<Warrant> warrants(Run run, long epoch, Policy policy) {
    return switch (run) {
      case Working w when plant == Plant.CARRIES_ON -> carriedOn(w, epoch, policy);
      case Working w when plant == Plant.ACTS_BEFORE_INTENT -> tooEarly(w, epoch, policy);
      case Working w -> Gate.warrants(w, epoch, policy);
      case Compensating c when c.epoch() == epoch -> List.of(Gate.warrant(c, policy));
      default -> List.of();
    };
  }

  private static List<Warrant> carriedOn(Working run, long epoch, Policy policy) {
    var all = new ArrayList<Warrant>();
    for (long life = 1; life <= epoch; life++) {
      all.addAll(Gate.warrants(run, life, policy));
    }
    return all;
  }

  /// As if the intents of all that is due were journaled.
  private static List<Warrant> tooEarly(Working run, long epoch, Policy policy) {
    Run now = run;
    for (int step = 0; step < run.progress().places().size(); step++) {
      if (run.progress().place(step) instanceof Place.Due(int attempt, _)) {
        var started = new StepStarted(run.id(), step, attempt, epoch, List.of(), run.since());
        if (RunTable.accepts(now, started)) {
          now = RunTable.apply(now, started);
        }
      }
    }
    return Gate.warrants((Working) now, epoch, policy);
  }

  private void start(Warrant warrant, Run run, Snapshot snapshot) {
    begun.effect(warrant, run, snapshot);
    Effect effect = run instanceof Compensating c ? undo(c) : step(run, warrant);
    underWay.put(warrant.idempotencyKey(), effect);
    inWorld.add(effect);
  }

  private Effect step(Run run, Warrant warrant) {
    int step = warrant.step();
    int attempt = warrant.attempt();
    int fate = calm ? 1 : dice.from(1, 100);
    StepOutcome outcome =
        fate <= 68
            ? StepOutcome.DONE
            : fate <= 76
                ? StepOutcome.FAILED
                : fate <= 86 ? StepOutcome.PASSING : StepOutcome.UNKNOWN;
    boolean changes =
        outcome == StepOutcome.DONE || (outcome == StepOutcome.UNKNOWN && dice.percent(50));
    Instant ends =
        fate > 93
            ? NEVER
            : fate > 60 && fate <= 64
                ? warrant.expires().plusSeconds(dice.from(1, 60)) // Longer than it may.
                : now.plusSeconds(dice.from(0, 20));
    boolean cures = changes && dice.percent(75);
    Instant endsAt = ends;
    return new Effect(
        run.id(),
        step,
        endsAt,
        () -> {
          if (changes) {
            marks.add(new Mark(run.id(), step));
          }
          if (cures) {
            fleet.cure(run.plan().service());
          }
        },
        new StepEnded(
            run.id(), step, attempt, outcome, "simulated", endsAt == NEVER ? now : endsAt));
  }

  private Effect undo(Compensating run) {
    int fate = calm ? 1 : dice.from(1, 100);
    StepOutcome outcome =
        fate <= 84
            ? StepOutcome.DONE
            : fate <= 90
                ? StepOutcome.FAILED
                : fate <= 95 ? StepOutcome.UNKNOWN : StepOutcome.PASSING;
    Instant ends = fate > 97 ? NEVER : now.plusSeconds(dice.from(0, 20));
    return new Effect(
        run.id(),
        run.step(),
        ends,
        () -> {
          if (outcome == StepOutcome.DONE) {
            marks.remove(new Mark(run.id(), run.step()));
          }
        },
        new CompensationEnded(
            run.id(), run.step(), outcome, "simulated", ends == NEVER ? now : ends));
  }

  /// The world up to `at`.
  ///
  /// @return the results that reach this process, some of them twice
  List<RunEvent> advance(Instant at) {
    now = at;
    var results = new ArrayList<RunEvent>();
    for (Effect effect : List.copyOf(inWorld)) {
      if (!effect.landsAt.isAfter(at)) {
        inWorld.remove(effect);
        effect.lands.run();
        if (underWay.containsValue(effect)) {
          results.add(effect.result);
          if (dice.percent(8)) {
            results.add(effect.result);
          }
        }
      }
    }
    return results;
  }

  /// The process dies; what it began goes on, or not, and nobody hears of it.
  void die() {
    inWorld.forEach(e -> cutOff.add(e.run));
    underWay.values().forEach(e -> cutOff.add(e.run));
    underWay.clear();
    inWorld.removeIf(e -> e.landsAt == NEVER || dice.percent(50));
  }

  private void crash(String where) {
    if (!calm && dice.permille(4)) {
      throw new Chaos(where);
    }
  }

  private static final class Effect {
    private final RunId run;
    private final int step;
    private final Instant landsAt;
    private final Runnable lands;
    private final RunEvent result;
    private boolean interrupted;

    Effect(RunId run, int step, Instant landsAt, Runnable lands, RunEvent result) {
      this.run = run;
      this.step = step;
      this.landsAt = landsAt;
      this.lands = lands;
      this.result = result;
    }
  }
}
