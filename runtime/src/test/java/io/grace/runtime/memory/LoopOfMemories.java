package io.grace.runtime.memory;

import io.grace.core.event.Event;
import io.grace.core.event.MemoryEvent;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.model.Hash;
import io.grace.core.model.Mode;
import io.grace.core.model.Topology;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.ChangeCalendar;
import io.grace.core.policy.Learning;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.Sensing;
import io.grace.core.spi.Journal;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.SigningKey;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.telemetry.Ring;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A real loop on its thread with a journal that can be made to fail, and a broker in front of it.
final class LoopOfMemories implements AutoCloseable, InstantSource {
  final List<MemoryEvent> journal = new CopyOnWriteArrayList<>();
  final Broker broker;
  final MemoryBank bank;
  final SigningKey key;
  volatile boolean isBroken;
  volatile Instant now = Made.NOON;
  private final ControlLoop loop;
  private final LoopThread thread;

  LoopOfMemories(Path directory, Snapshot from) throws Exception {
    key = FileKeyRing.in(directory.resolve("keys")).create();
    var ring = new Ring(this);
    var policy = policy();
    loop =
        new ControlLoop(
            policy,
            MemoryPolicy.STANDARD,
            Duration.ofDays(1),
            Ranker.AS_EXPECTED,
            this::append,
            new Senses(ring, ring::add),
            _ -> {},
            from,
            _ -> {});
    loop.begin(1, "test", now);
    thread = new LoopThread(this, _ -> {});
    thread.start(loop);
    bank = MemoryBank.open(directory.resolve("memory"));
    broker =
        new Broker(
            MemoryPolicy.STANDARD,
            bank,
            thread::ask,
            () -> loop.snapshot().memories(),
            () -> key,
            this);
  }

  /// What does nothing but remember.
  private static Policy policy() {
    return new Policy(
        Hash.sha256("policy"),
        Mode.OBSERVE,
        Map.of(),
        Map.of(),
        List.of(),
        List.of(),
        Map.of(),
        ChangeCalendar.always(),
        Limits.DEFAULTS,
        Approvals.DEFAULTS,
        new Topology(Map.of()),
        Sensing.DEFAULTS,
        Learning.OFF);
  }

  private void append(List<Event> events) throws Journal.Unavailable {
    if (isBroken) {
      throw new Journal.Unavailable("the disk is full", false, new IllegalStateException());
    }
    for (Event event : events) {
      if (event instanceof MemoryEvent memory) {
        EventCodec.draft(memory); // It must be one that the real journal can take.
        journal.add(memory);
      }
    }
  }

  LoopThread thread() {
    return thread;
  }

  Snapshot snapshot() {
    return loop.snapshot();
  }

  <E extends MemoryEvent> List<E> all(Class<E> kind) {
    return journal.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public void close() throws Exception {
    thread.close();
    broker.close();
  }
}
