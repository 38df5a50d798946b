package io.grace.lab.bench;

import io.grace.core.event.Event;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.state.Snapshot;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.telemetry.Ring;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// A loop over many services in simulated time, of which a few are sick. *Owned by one thread.*
final class CycleWorld {
  static final int SICK = 10;

  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final double GOOD = 100;
  private static final double BAD = 5000;

  /// So that no limit of a run comes near.
  private static final Duration BETWEEN = Duration.ofMillis(1);

  private final List<ServiceId> services;
  private final ControlLoop loop;
  private Instant now = Instant.parse("2026-01-05T10:00:00Z");
  private long recorded;
  private boolean isBad;

  CycleWorld(Policy policy) throws Journal.Unavailable {
    this.services = BenchConfig.ids(policy.services().size());
    var ring = new Ring(() -> now);
    this.loop =
        new ControlLoop(
            policy,
            Duration.ofMinutes(10),
            new LearnedRanker(policy),
            this::append,
            new Senses(ring, ring::add),
            _ -> {},
            Snapshot.EMPTY,
            _ -> {});
    loop.begin(1, "bench", now);
  }

  private void append(List<Event> events) {
    recorded += events.size();
  }

  /// A cycle with one good measurement of every service.
  long everyone() throws Journal.Unavailable {
    return cycle(services, 1, GOOD);
  }

  /// Ten fall sick and get runs, which stay open: nobody performs them.
  void fallSick() throws Journal.Unavailable {
    for (int i = 0; i < SICK; i++) {
      cycle(services.subList(0, SICK), 3, BAD);
    }
    if (loop.snapshot().runs().size() != SICK) {
      throw new IllegalStateException(
          "wanted " + SICK + " open runs, found " + loop.snapshot().runs().size());
    }
  }

  /// A cycle in which the sick are heard of and stay as they are.
  long sick() throws Journal.Unavailable {
    return cycle(services.subList(0, SICK), 3, BAD);
  }

  /// A cycle that records ten changes of health.
  long wavering() throws Journal.Unavailable {
    isBad = !isBad;
    long before = recorded;
    long took = cycle(services.subList(0, SICK), 3, isBad ? GOOD : BAD);
    if (recorded < before + SICK) {
      throw new IllegalStateException("wanted 10 changes, found " + (recorded - before));
    }
    return took;
  }

  private long cycle(List<ServiceId> heard, int samples, double latency)
      throws Journal.Unavailable {
    now = now.plus(BETWEEN);
    var signals = new ArrayList<Signal>();
    for (ServiceId service : heard) {
      for (int i = 0; i < samples; i++) {
        signals.add(new Signal(service, LATENCY, latency, now, "bench"));
      }
    }
    List<Input> inputs = List.of(new Input.Signals(signals));
    long began = System.nanoTime();
    loop.cycle(inputs, now);
    return System.nanoTime() - began;
  }
}
