package io.grace.lab.bench;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.Journal;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.codec.SnapshotCodec;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.StoreConfig;
import io.grace.runtime.journal.EntryStore;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.Storage;
import io.grace.runtime.journal.projection.IncidentProjection;
import io.grace.runtime.journal.projection.RunProjection;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.node.Node;
import io.grace.runtime.telemetry.Ring;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Fills a journal with the life of an installation: the real loop decides over simulated time that
/// services fall sick, are touched, verified and healed, and its events go into the real store,
/// with a state saved as often as a node does. Only the commits are larger.
///
/// It ends as a crash at the worst moment would: just before the next state is saved.
final class FilledJournal implements Journal {
  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final int COMMIT = 2_000;
  private static final int SAVE_EVERY = Node.SAVE_EVERY_ENTRIES;

  /// Sick at a time; the loop starts two runs a cycle.
  private static final int SICK = 2;

  /// So many simulated hours lie between two illnesses of one service that no limit bites.
  private static final Duration BETWEEN = Duration.ofSeconds(30);

  private final EntryStore store;
  private final List<Event> pending = new ArrayList<>();

  private FilledJournal(EntryStore store) {
    this.store = store;
  }

  /// @return how many entries there are
  static long fill(Config config, int entries) throws Exception {
    if (!(config.store() instanceof StoreConfig.Sqlite(var file))) {
      throw new IllegalArgumentException("wanted a SQLite store");
    }
    try (Storage storage = Storage.sqlite(file);
        EntryStore store =
            EntryStore.open(
                storage,
                FileKeyRing.in(config.keys()),
                List.of(new RunProjection(), new IncidentProjection()),
                InstantSource.system(),
                "bench")) {
      new FilledJournal(store).live(config, entries);
      return store.head().index();
    }
  }

  @Override
  public void append(List<Event> events) {
    pending.addAll(events);
  }

  private void live(Config config, int entries) throws Exception {
    Instant[] now = {
      Instant.now().truncatedTo(ChronoUnit.MICROS).minus(BETWEEN.multipliedBy(entries / 10))
    };
    var ring = new Ring(() -> now[0]);
    var results = new ArrayList<Input>();
    Set<String> done = new HashSet<>();
    var loop =
        new ControlLoop(
            config.policy(),
            Duration.ofSeconds(config.metaCycleSeconds()),
            new LearnedRanker(config.policy()),
            this,
            new Senses(ring, ring::add),
            snapshot -> succeed(snapshot, done, results, now[0]),
            Snapshot.EMPTY,
            _ -> {});
    loop.begin(store.epoch(), "bench", now[0]);
    List<ServiceId> services = config.policy().services().keySet().stream().sorted().toList();
    long wanted = (long) entries / SAVE_EVERY * SAVE_EVERY + SAVE_EVERY - SICK * 20;
    long savedAt = 0;
    for (int turn = 0; store.head().index() + pending.size() < wanted; turn++) {
      for (double latency : new double[] {5000, 100}) {
        var inputs = new ArrayList<Input>(results);
        results.clear();
        inputs.add(signals(services, turn, latency, now[0]));
        loop.cycle(inputs, now[0]);
        now[0] = now[0].plusSeconds(1);
        loop.cycle(List.copyOf(results), now[0]);
        results.clear();
        now[0] = now[0].plusSeconds(1);
      }
      now[0] = now[0].plus(BETWEEN);
      long size = store.head().index() + pending.size();
      boolean isDue = size / SAVE_EVERY > savedAt / SAVE_EVERY;
      if (pending.size() >= COMMIT || isDue) {
        commit();
      }
      if (isDue) {
        savedAt = size;
        store.saveState(store.head(), SnapshotCodec.FORMAT, SnapshotCodec.bytes(loop.snapshot()));
      }
    }
    commit();
  }

  private void commit() throws JournalException {
    store.append(pending.stream().map(EventCodec::draft).toList());
    pending.clear();
  }

  /// Three samples outvote whatever was before.
  private static Input signals(List<ServiceId> services, int turn, double latency, Instant now) {
    var signals = new ArrayList<Signal>();
    for (int i = 0; i < SICK; i++) {
      ServiceId service = services.get((turn * SICK + i) % services.size());
      for (int sample = 0; sample < 3; sample++) {
        signals.add(new Signal(service, LATENCY, latency, now, "bench"));
      }
    }
    return new Input.Signals(signals);
  }

  private static void succeed(
      Snapshot snapshot, Set<String> done, List<Input> results, Instant now) {
    for (Run run : snapshot.runs().values()) {
      if (run instanceof Run.Working w
          && w.progress().place(0) instanceof Place.Acting(int attempt, _, _)
          && done.add(w.id().value())) {
        RunEvent ended =
            new StepEnded(w.id(), 0, attempt, StepOutcome.DONE, "200 after 12 ms", now);
        results.add(new Input.Result(ended));
      }
    }
  }
}
