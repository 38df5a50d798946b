package io.grace.lab.sim;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.loop.Command;
import io.grace.core.loop.Commands;
import io.grace.core.model.Hash;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.ServiceId;
import io.grace.core.monitor.Readings;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Hands;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.loop.Senses;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One seed: a quarter of an hour of chaos, then calm until every run has ended.
final class World {
  private static final int CHAOS_TICKS = 80;

  /// More than every limit of every state together, at the longest tick.
  private static final int CALM_TICKS = 400;

  private static final Duration META_CYCLE = Duration.ofMinutes(2);

  private final int seed;
  private final Plant plant;
  private final Dice dice;
  private final Invariants invariants = new Invariants();
  private final SimJournal journal;
  private final SimFleet fleet;
  private final SimHands hands;
  private final Operators operators;
  private Policy policy;
  private SimReadings readings = new SimReadings();
  private Optional<ControlLoop> alive = Optional.empty();
  private long epoch;
  private Instant now;
  private boolean calm;

  World(int seed, Plant plant) {
    this.seed = seed;
    this.plant = plant;
    this.dice = new Dice(seed);
    this.now = Instant.parse("2026-11-23T06:00:00Z").plus(dice.seconds(0, 5 * 86_400));
    this.policy = SimPolicy.draw(dice, now);
    var deceit = new Deceit(plant, policy);
    this.journal = new SimJournal(dice, deceit::inLog);
    this.fleet = new SimFleet(dice, policy.topology());
    this.hands =
        new SimHands(
            dice,
            plant,
            fleet,
            (warrant, run, snapshot) -> {
              readLog();
              invariants.effect(warrant, run, snapshot.life().epoch(), policy);
            });
    this.operators = new Operators(dice);
  }

  List<Event> log() {
    return journal.log();
  }

  Invariants invariants() {
    return invariants;
  }

  /// @throws AssertionError naming the seed, what was broken, and the log
  Map<Run.Outcome, Integer> run() {
    for (int tick = 0; tick < CHAOS_TICKS && !isFound(); tick++) {
      fleet.chaos();
      tick();
    }
    calmDown();
    int tick = 0;
    while (!isFound() && (tick == 0 || hasOpenRuns())) {
      if (tick++ > CALM_TICKS) {
        invariants.breaks(Invariant.EVERY_RUN_ENDS, "still open: " + invariants.shadow().runs());
        break;
      }
      tick();
    }
    if (invariants.broken().isEmpty()) {
      readLog();
      if (!Snapshot.EMPTY.after(journal.log()).equals(invariants.shadow())) {
        invariants.breaks(Invariant.REPLAY_EQUALS_STATE, "folding at once differs");
      }
    }
    if (!invariants.broken().isEmpty()) {
      throw new AssertionError(story());
    }
    return invariants.outcomes();
  }

  /// A planted bug may break more than what it is meant to break.
  private boolean isFound() {
    return plant
        .breaks()
        .map(wanted -> invariants.broken().containsKey(wanted))
        .orElse(!invariants.broken().isEmpty());
  }

  private boolean hasOpenRuns() {
    return alive.isEmpty() || !alive.get().snapshot().runs().isEmpty();
  }

  private void calmDown() {
    calm = true;
    fleet.cureAll();
    journal.calm();
    hands.calm();
  }

  private void tick() {
    now = now.plus(calm ? dice.seconds(5, 30) : dice.seconds(2, 20));
    List<RunEvent> results = hands.advance(now);
    if (!calm && dice.permille(6)) {
      die(); // Results that were not taken in yet are lost.
      return;
    }
    if (alive.isEmpty()) {
      begin();
      return;
    }
    ControlLoop loop = alive.get();
    var inputs = new ArrayList<Input>();
    inputs.add(new Input.Signals(fleet.measure(now)));
    results.forEach(r -> inputs.add(new Input.Result(r)));
    var asked = new ArrayList<Input.Asked>();
    if (!calm) {
      for (Command command : operators.ask(loop.snapshot(), policy)) {
        asked.add(new Input.Asked(command, new Reply<Reply.Answer>()));
      }
    }
    inputs.addAll(dice.percent(50) ? inputs.size() : 0, asked);
    int before = journal.log().size();
    boolean isComplete = false;
    try {
      loop.cycle(inputs, loopTime());
      isComplete = true;
    } catch (Journal.Unavailable e) {
      if (e.isFinal()) {
        die();
      }
    } catch (Chaos _) {
      die();
    }
    readLog();
    if (alive.isPresent()) {
      invariants.afterCycle(loop.snapshot(), hands, now, isComplete);
      asked.forEach(a -> answered(a.reply(), journal.log().subList(before, journal.log().size())));
    }
  }

  private Instant loopTime() {
    return plant == Plant.CLOCK_STOPS && calm ? stoppedAt() : now;
  }

  private Instant stoppedAt() {
    return journal.log().getLast().at();
  }

  /// A new process: it folds the log anew and takes the next epoch.
  private void begin() {
    if (dice.percent(15)) {
      changePolicy();
    }
    readings = new SimReadings();
    Readings shown = plant == Plant.SEES_ROSES ? new Roses(readings) : readings;
    Policy believed = new Deceit(plant, policy).policy();
    Hands own = hands.with(believed);
    Snapshot from = Snapshot.EMPTY.after(journal.log());
    var loop =
        new ControlLoop(
            believed,
            META_CYCLE,
            new LearnedRanker(believed),
            journal,
            new Senses(shown, readings::add),
            own,
            from,
            _ -> {});
    try {
      loop.begin(++epoch, "sim", now);
      alive = Optional.of(loop);
      if (plant == Plant.CARRIES_ON) {
        own.perform(loop.snapshot());
      }
    } catch (Journal.Unavailable | Chaos _) {
      die();
    } catch (IllegalStateException e) {
      throw new AssertionError(story() + e.getMessage(), e);
    }
    readLog();
  }

  /// While GRACE is down, people may change how far it may go.
  private void changePolicy() {
    Mode ceiling = dice.oneOf(Mode.values());
    var p = policy;
    policy =
        new Policy(
            Hash.sha256("policy " + ceiling),
            ceiling,
            p.services(),
            p.metrics(),
            p.triage(),
            p.playbooks(),
            p.catalogue(),
            p.calendar(),
            p.limits(),
            p.approvals(),
            p.topology(),
            p.sensing(),
            p.learning());
  }

  private void die() {
    hands.die();
    alive = Optional.empty();
  }

  private void readLog() {
    invariants.read(journal.log(), policy, readings);
  }

  private void answered(Reply<Reply.Answer> reply, List<Event> recorded) {
    Optional<Reply.Answer> answer;
    try {
      answer = reply.await(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    boolean isTrue =
        answer.isPresent()
            && switch (answer.get()) {
              case Reply.Answer.Decided(Commands.Outcome.Accepted(var event)) ->
                  event.isEmpty() || recorded.contains(event.get());
              case Reply.Answer.Decided(Commands.Outcome.Refused _) -> true;
              case Reply.Answer.Decided(Commands.Outcome.Planned _) -> true;
              case Reply.Answer.NotRecorded _ -> recorded.isEmpty();
            };
    if (!isTrue) {
      invariants.breaks(Invariant.ANSWERS_ARE_TRUE, String.valueOf(answer));
    }
  }

  private String story() {
    var text = new StringBuilder("seed " + seed + " breaks:\n");
    invariants
        .broken()
        .forEach(
            (i, how) -> text.append("  ").append(i.claim()).append(": ").append(how).append('\n'));
    for (Event event : journal.log()) {
      String line = event.toString();
      text.append("    ").append(line, 0, Math.min(line.length(), 240)).append('\n');
    }
    return text.toString();
  }

  /// What [Plant#SEES_ROSES] shows while a run is verified.
  private final class Roses implements Readings {
    private final Readings truth;

    Roses(Readings truth) {
      this.truth = truth;
    }

    @Override
    public List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit) {
      boolean isJudged =
          alive.stream()
              .flatMap(l -> l.snapshot().runs().values().stream())
              .anyMatch(r -> r instanceof Run.Verifying);
      double rosy = metric.equals(SimPolicy.UP) ? 1 : 0;
      return truth.newest(service, metric, since, limit).stream()
          .map(r -> isJudged ? new Reading(rosy, r.at()) : r)
          .toList();
    }

    @Override
    public Set<MetricId> metrics(ServiceId service) {
      return truth.metrics(service);
    }

    @Override
    public Optional<Instant> lastHeard(ServiceId service) {
      return truth.lastHeard(service);
    }
  }
}
