package io.grace.lab.memory;

import io.grace.core.event.Event;
import io.grace.core.event.MemoryEvent;
import io.grace.core.memory.DomainId;
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
import io.grace.runtime.journal.EntryStore;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.Storage;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.memory.MemoryBank;
import io.grace.runtime.telemetry.Ring;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The real loop on its thread over the real journal, in which nothing but recalls happens.
final class JournaledWorld implements AutoCloseable {
  private final InstantSource clock;
  private final Storage storage;
  private final EntryStore store;
  private final ControlLoop loop;
  private final LoopThread thread;

  private JournaledWorld(Path directory, InstantSource clock) throws Exception {
    this.clock = clock;
    this.storage = Storage.sqlite(directory.resolve("grace.db"));
    this.store =
        EntryStore.open(
            storage, FileKeyRing.in(directory.resolve("keys")), List.of(), clock, "bench");
    var ring = new Ring(clock);
    this.loop =
        new ControlLoop(
            policy(),
            Duration.ofDays(1_000),
            Ranker.AS_EXPECTED,
            this::append,
            new Senses(ring, ring::add),
            _ -> {},
            Snapshot.EMPTY.after(RecallBench.trusts()),
            _ -> {});
    loop.begin(store.epoch(), "bench", clock.instant().truncatedTo(ChronoUnit.MICROS));
    this.thread = new LoopThread(clock, _ -> {});
    thread.start(loop);
  }

  static JournaledWorld start(Path directory, InstantSource clock) throws Exception {
    Files.createDirectories(directory);
    return new JournaledWorld(directory, clock);
  }

  private static Policy policy() {
    return new Policy(
        Hash.sha256("recalls only"),
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
    try {
      store.append(events.stream().map(EventCodec::draft).toList());
    } catch (JournalException e) {
      throw new Journal.Unavailable(String.valueOf(e.getMessage()), false, e);
    }
  }

  /// @param waits takes how long each record lasted until it was durable
  Broker broker(MemoryBank bank, Times waits) {
    return new Broker(
        MemoryPolicy.STANDARD,
        bank,
        (command, limit) -> {
          waits.start();
          var answer = thread.ask(command, limit);
          waits.stop(true);
          return answer;
        },
        () -> loop.snapshot().memories(),
        store::key,
        clock);
  }

  /// What the journal alone takes.
  Times appends(int rounds) throws Exception {
    thread.close(); // Only one writes.
    var times = new Times();
    for (int i = 0; i < rounds; i++) {
      times.start();
      append(
          List.of(
              new MemoryEvent.MemoryTrusted(
                  DomainId.CORE,
                  "bench",
                  0.9,
                  "as long as the entry of a grant is, ".repeat(30),
                  clock.instant().truncatedTo(ChronoUnit.MICROS))));
      times.stop(true);
    }
    return times;
  }

  @Override
  public void close() throws Exception {
    thread.close();
    store.close();
    storage.close();
  }
}
