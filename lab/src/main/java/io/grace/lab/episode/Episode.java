package io.grace.lab.episode;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.event.Sighting.TriggerFired;
import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.foresight.Predictor;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.telemetry.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A few hours of three services of which at most one goes wrong, watched by the real loop on
/// simulated time; only the world and its hands are simulated. *Owned by one thread.*
final class Episode {
  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final int TICK_SECONDS = 5;
  private static final int MEASURED_EVERY = 15;
  private static final int FORETOLD_EVERY = 30;
  private static final int ACTION_SECONDS = 10;
  private static final Duration LONGEST = Duration.ofHours(5);
  private static final MetricId UP = new MetricId("up");

  private final Optional<SlowFault> fault;
  private final Map<SlowFault, Gauge> gauges = new EnumMap<>(SlowFault.class);
  private final Predictor predictor;
  private final ControlLoop loop;
  private final List<Event> log = new ArrayList<>();
  private final List<StepEnded> underWay = new ArrayList<>();
  private final Set<String> begun = new HashSet<>();
  private Optional<Instant> breached = Optional.empty();
  private Instant now = START;

  /// @param acted when the first step for the faulty service began
  /// @param breached when its metric was really beyond its threshold first
  /// @param succeeded whether a run was verified: the breach is foreseen no more
  /// @param falseAlarms forecasts of services that nothing was wrong with, and runs for them
  /// @param due when the fault alone would have brought it there, in an episode with a fault
  record Told(
      Optional<Instant> acted,
      Optional<Instant> breached,
      Optional<Instant> due,
      boolean succeeded,
      int falseAlarms) {
    boolean isAverted() {
      return acted.isPresent() && breached.map(acted.get()::isBefore).orElse(true);
    }
  }

  /// @param fault empty for a quiet episode
  Episode(Policy policy, Optional<SlowFault> fault, long seed) {
    this.fault = fault;
    for (SlowFault kind : SlowFault.values()) {
      boolean isFaulty = fault.equals(Optional.of(kind));
      gauges.put(kind, new Gauge(kind, isFaulty, 31 * seed + kind.ordinal()));
    }
    var ring = new Ring(() -> now);
    this.loop =
        new ControlLoop(
            policy,
            Duration.ofMinutes(2),
            new LearnedRanker(policy),
            log::addAll,
            new Senses(ring, ring::add),
            this::perform,
            Snapshot.EMPTY,
            _ -> {});
    this.predictor = new Predictor(policy, loop::snapshot);
  }

  Told play() throws Journal.Unavailable {
    loop.begin(1, "episode", now);
    while (now.isBefore(START.plus(LONGEST)) && !isOver()) {
      now = now.plusSeconds(TICK_SECONDS);
      var inputs = new ArrayList<Input>();
      underWay.removeIf(result -> land(result, inputs));
      long seconds = Duration.between(START, now).toSeconds();
      if (seconds % MEASURED_EVERY == 0) {
        List<Signal> measured = measure(seconds);
        var signals = new ArrayList<>(measured);
        signals.addAll(predictor.take(measured));
        inputs.add(new Input.Signals(signals));
      }
      if (seconds % FORETOLD_EVERY == 0) {
        inputs.add(new Input.Reports(predictor.collect(now), Optional.empty()));
      }
      loop.cycle(inputs, now);
    }
    return told();
  }

  /// Once a run of the faulty service ended, or the fault has hurt for a while.
  private boolean isOver() {
    boolean isEnded =
        fault.isPresent()
            && loop.snapshot().outcomes().stream()
                .anyMatch(o -> o.service().equals(fault.get().service()));
    return isEnded || breached.map(b -> now.isAfter(b.plus(Duration.ofMinutes(10)))).orElse(false);
  }

  private List<Signal> measure(long seconds) {
    var signals = new ArrayList<Signal>();
    gauges.forEach((kind, gauge) -> {
      double value = gauge.measure(seconds);
      if (breached.isEmpty()
          && fault.equals(Optional.of(kind))
          && gauge.truth(seconds) >= kind.threshold()) {
        breached = Optional.of(now);
      }
      signals.add(new Signal(kind.service(), kind.metric(), value, now, "episode"));
      signals.add(new Signal(kind.service(), UP, 1, now, "episode"));
    });
    return signals;
  }

  /// The hands of this world: every step takes ten seconds and does what it says.
  private void perform(Snapshot snapshot) {
    for (Run run : snapshot.runs().values()) {
      if (run instanceof Run.Working working) {
        for (int step = 0; step < working.progress().places().size(); step++) {
          if (working.progress().place(step) instanceof Place.Acting(int attempt, _, _)
              && begun.add(run.id() + "/" + step + "/" + attempt)) {
            underWay.add(
                new StepEnded(
                    run.id(),
                    step,
                    attempt,
                    StepOutcome.DONE,
                    "done",
                    now.plusSeconds(ACTION_SECONDS)));
          }
        }
      }
    }
  }

  private boolean land(StepEnded result, List<Input> inputs) {
    if (now.isBefore(result.at())) {
      return false;
    }
    loop.snapshot()
        .run(result.run())
        .ifPresent(run ->
            gauges.forEach((kind, gauge) -> {
              if (kind.service().equals(run.plan().service())) {
                gauge.heal();
              }
            }));
    inputs.add(new Input.Result(result));
    return true;
  }

  private Told told() {
    Optional<Instant> acted =
        log.stream()
            .filter(StepStarted.class::isInstance)
            .map(RunEvent.class::cast)
            .filter(e -> isOf(e, fault))
            .map(Event::at)
            .findFirst();
    int falseAlarms =
        (int)
            log.stream()
                .filter(e ->
                    switch (e) {
                      case TriggerFired t ->
                          t.trigger().kind() == Kind.ML_ANOMALY_FORECAST
                              && !t.trigger().service().equals(fault.map(SlowFault::service));
                      case StepStarted s -> !isOf(s, fault);
                      default -> false;
                    })
                .count();
    boolean succeeded =
        loop.snapshot().outcomes().stream().anyMatch(o -> o.outcome() == Run.Outcome.SUCCEEDED);
    Optional<Instant> due = fault.map(f -> START.plusSeconds((long) gauge(f).due()));
    return new Told(acted, breached, due, succeeded, falseAlarms);
  }

  private Gauge gauge(SlowFault kind) {
    return Objects.requireNonNull(gauges.get(kind));
  }

  private boolean isOf(RunEvent event, Optional<SlowFault> kind) {
    return log.stream()
        .filter(Event.RunProposed.class::isInstance)
        .map(Event.RunProposed.class::cast)
        .filter(p -> p.run().equals(event.run()))
        .anyMatch(p -> kind.map(k -> k.service().equals(p.proposal().service())).orElse(false));
  }
}
