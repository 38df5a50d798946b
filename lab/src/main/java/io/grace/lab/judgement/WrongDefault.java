package io.grace.lab.judgement;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.telemetry.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/// Incidents of two services of one kind, one after another, where the playbook that is tried first
/// by default hardly ever helps. The real loop on simulated time; only the world and its hands are
/// simulated. *Owned by one thread.*
final class WrongDefault {
  /// How often each playbook really helps. Their priors say the opposite.
  static final Map<String, Double> HELPS =
      Map.of("clear_cache", 0.15, "restart", 0.5, "scale_out", 0.9);

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final List<ServiceId> SERVICES =
      List.of(new ServiceId("web-a"), new ServiceId("web-b"));
  private static final MetricId UP = new MetricId("up");
  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final int TICK_SECONDS = 5;
  private static final int ACTION_SECONDS = 10;

  /// Three attempts a day are all that one kind of trouble gets.
  private static final Duration BETWEEN = Duration.ofHours(25);

  /// Long enough for all that may be tried; then somebody else heals it.
  private static final Duration TROUBLE = Duration.ofMinutes(20);

  private final ControlLoop loop;
  private final SplittableRandom chance;
  private final List<Event> log = new ArrayList<>();
  private final List<StepEnded> underWay = new ArrayList<>();
  private final Set<String> begun = new HashSet<>();
  private Optional<ServiceId> sick = Optional.empty();
  private Instant now = START;

  WrongDefault(Policy policy, long seed) {
    this.chance = new SplittableRandom(seed);
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
  }

  /// Whether what was tried first helped, incident by incident.
  List<Boolean> play(int incidents) throws Journal.Unavailable {
    loop.begin(1, "lab", now);
    var helped = new ArrayList<Boolean>();
    for (int i = 0; i < incidents; i++) {
      int before = loop.snapshot().experiences().size();
      sick = Optional.of(SERVICES.get(i % SERVICES.size()));
      Instant next = now.plus(BETWEEN);
      Instant givenUp = now.plus(TROUBLE);
      do {
        tick();
        if (!now.isBefore(givenUp)) {
          sick = Optional.empty();
        }
      } while (sick.isPresent() || !loop.snapshot().openIncidents().isEmpty());
      now = next;
      var tried = loop.snapshot().experiences();
      helped.add(tried.size() > before && tried.get(before).helped());
    }
    return helped;
  }

  /// The playbooks in the order in which they were proposed.
  List<String> proposed() {
    return log.stream()
        .filter(RunProposed.class::isInstance)
        .map(e -> ((RunProposed) e).proposal().plan().playbook().value())
        .toList();
  }

  private void tick() throws Journal.Unavailable {
    now = now.plusSeconds(TICK_SECONDS);
    var inputs = new ArrayList<Input>();
    underWay.removeIf(result -> land(result, inputs));
    var signals = new ArrayList<Signal>();
    for (ServiceId service : SERVICES) {
      double latency = sick.equals(Optional.of(service)) ? 2_000 : 50;
      signals.add(new Signal(service, LATENCY, latency, now, "lab"));
      signals.add(new Signal(service, UP, 1, now, "lab"));
    }
    inputs.add(new Input.Signals(signals));
    loop.cycle(inputs, now);
  }

  private void perform(Snapshot snapshot) {
    for (Run run : snapshot.runs().values()) {
      if (run instanceof Run.Working working
          && working.progress().place(0) instanceof Place.Acting(int attempt, _, _)
          && begun.add(run.id() + "/" + attempt)) {
        underWay.add(
            new StepEnded(
                run.id(), 0, attempt, StepOutcome.DONE, "done", now.plusSeconds(ACTION_SECONDS)));
      }
    }
  }

  private boolean land(StepEnded result, List<Input> inputs) {
    if (now.isBefore(result.at())) {
      return false;
    }
    loop.snapshot()
        .run(result.run())
        .ifPresent(run -> {
          double helps = HELPS.getOrDefault(run.plan().playbook().value(), 0.0);
          if (sick.equals(Optional.of(run.plan().service())) && chance.nextDouble() < helps) {
            sick = Optional.empty();
          }
        });
    inputs.add(new Input.Result(result));
    return true;
  }
}
