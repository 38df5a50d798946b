package io.grace.runtime.node;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.model.Report;
import io.grace.core.model.Signal;
import io.grace.core.model.SourceId;
import io.grace.core.spi.Journal;
import io.grace.core.spi.MemoryStore;
import io.grace.core.spi.Secrets;
import io.grace.core.spi.TelemetrySource;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.StoreConfig;
import io.grace.runtime.effect.Effector;
import io.grace.runtime.foresight.Predictor;
import io.grace.runtime.http.Connections;
import io.grace.runtime.ingest.Heartbeats;
import io.grace.runtime.ingest.Source;
import io.grace.runtime.journal.EntryStore;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.Head;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.Storage;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.journal.projection.IncidentProjection;
import io.grace.runtime.journal.projection.RunProjection;
import io.grace.runtime.judgement.CauseFinder;
import io.grace.runtime.judgement.LearnedRanker;
import io.grace.runtime.judgement.PatternFile;
import io.grace.runtime.judgement.PatternFinder;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.Listening;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.memory.MemoryBank;
import io.grace.runtime.process.ProcessHost;
import io.grace.runtime.telemetry.Collector;
import io.grace.runtime.telemetry.Ring;
import io.grace.runtime.telemetry.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running GRACE: journal, loop, hands and eyes put together, started and stopped in order.
/// *Thread-safe.*
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  /// A start replays at most so many entries; saving a state costs milliseconds.
  public static final int SAVE_EVERY_ENTRIES = 1_000;

  /// Renewing tells an idle leader that it was replaced.
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  private final Config config;
  private final InstantSource clock;
  private final Storage storage;
  private final EntryStore store;
  private final StoreJournal journal;
  private final Archive archive;
  private final LoopThread thread;
  private final ControlLoop loop;
  private final Effector effector;
  private final Predictor predictor;
  private final PatternFinder patterns;
  private final Collector collector;
  private final Household household;
  private final Connections connections = new Connections();
  private final Map<SourceId, Source> sources;

  /// Empty until the loop runs: a memory is only told once the journal has taken that it is.
  private volatile Optional<Broker> memories = Optional.empty();

  private final List<Consumer<List<Event>>> listeners;

  private final AtomicBoolean saveWanted = new AtomicBoolean();

  /// Up to where the state was saved in this life. Written by the loop thread.
  private volatile long savedAt;

  // Owned by the loop thread.
  private long saveTriedAt;
  private Instant renewedAt;

  private Node(
      Config config, Secrets secrets, InstantSource clock, RandomGenerator random, String version)
      throws JournalException, IOException, Journal.Unavailable {
    this.config = config;
    this.clock = clock;
    this.storage = storage(config.store(), secrets);
    this.store =
        EntryStore.open(
            storage,
            FileKeyRing.in(config.keys()),
            List.of(new RunProjection(), new IncidentProjection()),
            clock,
            "pid " + ProcessHandle.current().pid());
    this.journal = new StoreJournal(store);
    this.archive = new Archive(storage);
    this.listeners = new CopyOnWriteArrayList<>();
    Snapshot from = journal.replay();
    this.savedAt = store.head().index();
    this.saveTriedAt = savedAt;
    this.renewedAt = clock.instant();
    this.sources = sources(config, secrets, clock.instant());
    this.thread = new LoopThread(clock, this::keep);
    var hookup = new Hookup(config, secrets, clock);
    var state = new AtomicReference<Supplier<Snapshot>>(() -> from);
    this.household =
        Household.open(
            config,
            secrets,
            clock,
            () -> state.get().get(),
            name -> DomainId.of(name).map(domain -> OwnMemories.of(this, domain)),
            new NodeWorks(this));
    var providers = new HashMap<>(hookup.providers());
    providers.putAll(household.hands());
    this.effector = new Effector(clock, config.policy(), providers, this::result);
    var ring = new Ring(clock);
    this.loop =
        new ControlLoop(
            config.policy(),
            Duration.ofSeconds(config.metaCycleSeconds()),
            new LearnedRanker(config.policy()),
            journal,
            new Senses(ring, ring::add),
            effector,
            from,
            events -> listeners.forEach(l -> l.accept(events)));
    state.set(loop::snapshot);
    loop.begin(store.epoch(), version, clock.instant().truncatedTo(ChronoUnit.MICROS));
    thread.start(loop);
    this.memories = openMemories();
    this.predictor = new Predictor(config.policy(), loop::snapshot);
    this.patterns = PatternFile.read(config.stateDirectory());
    patterns.hear(from.sensed().history());
    listeners.add(patterns::accept);
    this.collector = new Collector(telemetry(hookup), this::offer, clock, random);
  }

  /// Only where a domain runs or a token has one: else nobody could ask for a memory.
  private Optional<Broker> openMemories() throws IOException {
    if (config.domains().isEmpty()
        && config.tokens().stream().allMatch(t -> t.domain().isEmpty())) {
      return Optional.empty();
    }
    try {
      var broker =
          new Broker(
              MemoryPolicy.STANDARD,
              MemoryBank.open(config.stateDirectory().resolve("memory")),
              thread::ask,
              () -> loop.snapshot().memories(),
              store::key,
              clock);
      broker.start();
      return Optional.of(broker);
    } catch (MemoryStore.Unavailable e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Map<SourceId, Source> sources(Config config, Secrets secrets, Instant now) {
    var sources = new LinkedHashMap<SourceId, Source>();
    config.sources().forEach(s -> sources.put(s.id(), new Source(s, secrets, now)));
    return Map.copyOf(sources);
  }

  private List<TelemetrySource> telemetry(Hookup hookup) {
    var all = new ArrayList<>(hookup.sources(this::offerReports, connections));
    all.add(new Told(predictor, this::offerReports));
    all.add(
        new Told(
            new CauseFinder(config.policy(), loop::snapshot, predictor::recent),
            this::offerReports));
    all.add(new Told(patterns, this::offerReports));
    if (!sources.isEmpty()) {
      all.add(new Heartbeats(sources.values()));
    }
    all.addAll(household.eyes());
    return all;
  }

  /// Takes the lead, replays the journal and starts.
  ///
  /// @param random only spreads the first measurements over their interval
  /// @throws JournalException if the journal cannot be had; the message says what to do
  /// @throws IOException if the state directory cannot be used
  public static Node start(
      Config config, Secrets secrets, InstantSource clock, RandomGenerator random, String version)
      throws JournalException, IOException {
    try {
      return new Node(config, secrets, clock, random, version);
    } catch (Journal.Unavailable e) {
      throw new JournalException(JournalException.Kind.RETRY, String.valueOf(e.getMessage()), e);
    }
  }

  private static Storage storage(StoreConfig config, Secrets secrets) throws JournalException {
    return switch (config) {
      case StoreConfig.Sqlite s -> Storage.sqlite(s.file());
      case StoreConfig.Postgresql p ->
          Storage.postgres(
              p.url(),
              p.user(),
              secrets
                  .resolve(p.password())
                  .orElseThrow(() ->
                      new JournalException(
                          JournalException.Kind.GIVE_UP,
                          "the database password "
                              + p.password()
                              + " cannot be read; see the log for why"))
                  .reveal());
    };
  }

  /// The host of the declared processes, for whoever starts them the first time.
  ///
  /// @throws IOException if the state directory cannot be used
  public static ProcessHost processHost(Config config, Secrets secrets, InstantSource clock)
      throws IOException {
    return Hookup.host(config, secrets, clock);
  }

  public Config config() {
    return config;
  }

  public Snapshot snapshot() {
    return loop.snapshot();
  }

  public LoopThread loop() {
    return thread;
  }

  public Archive archive() {
    return archive;
  }

  public EntryStore store() {
    return store;
  }

  public long droppedResults() {
    return loop.dropped();
  }

  /// Hands signals to the loop; false if it has no room.
  public boolean offer(List<Signal> signals) {
    var all = new ArrayList<>(signals);
    all.addAll(predictor.take(signals));
    return thread.offer(new Input.Signals(all));
  }

  /// The running domain that is this, a class of its own or what it offers; empty if the team does
  /// not want it.
  public <D> Optional<D> domain(Class<D> type) {
    return household.find(type);
  }

  /// The connections to outside systems.
  public Connections connections() {
    return connections;
  }

  /// What became of the rounds of all sources so far.
  public Collector.Rounds rounds() {
    return collector.rounds();
  }

  Storage storage() {
    return storage;
  }

  long savedAt() {
    return savedAt;
  }

  /// Has the loop save the state after its next cycle: only there do state and head belong
  /// together.
  void wantSave() {
    saveWanted.set(true);
  }

  public Predictor predictor() {
    return predictor;
  }

  /// What follows what, as far as it was learnt.
  public PatternFinder patterns() {
    return patterns;
  }

  /// What a full inbox refuses is said again in the next round.
  private void offerReports(List<Report> reports) {
    if (!reports.isEmpty()) {
      thread.offer(new Input.Reports(reports, Optional.empty()));
    }
  }

  Instant now() {
    return clock.instant();
  }

  /// Tells domains what they remember; empty if nobody could ask.
  public Optional<Broker> memories() {
    return memories;
  }

  /// Those who may push.
  public Map<SourceId, Source> sources() {
    return sources;
  }

  /// Told of events once they are durable, on the loop's thread; must not block. Close the handle
  /// to stop.
  public Listening listen(Consumer<List<Event>> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void result(RunEvent event) {
    if (!thread.offer(new Input.Result(event))) {
      LOG.atWarn()
          .addKeyValue("run", event.run())
          .log("a result came after the loop had stopped; the next life looks for itself");
    }
  }

  /// After each cycle: sign what is due, now and then renew the lease and save the state.
  private void keep(Snapshot snapshot) {
    Instant now = clock.instant();
    try {
      store.checkpointIfDue(now);
      if (now.isAfter(renewedAt.plus(RENEW_EVERY))) {
        renewedAt = now;
        store.renew();
      }
      Head head = store.head();
      if (saveWanted.getAndSet(false) || head.index() - saveTriedAt >= SAVE_EVERY_ENTRIES) {
        saveTriedAt = head.index();
        journal.save(snapshot, head);
        savedAt = head.index();
      }
    } catch (JournalException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("signing or saving was put off; the journal itself is whole");
    }
  }

  private void closeMemories() {
    var broker = memories;
    // Domains end later; until then they are told that there is none.
    memories = Optional.empty();
    try {
      if (broker.isPresent()) {
        broker.get().close();
      }
    } catch (MemoryStore.Unavailable e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the memories could not be closed in order; the next start looks for itself");
    }
  }

  /// Stops eyes, loop and hands, saves the state, signs the end.
  @Override
  public void close() throws InterruptedException, JournalException {
    collector.close();
    closeMemories();
    thread.close();
    effector.close();
    household.close();
    PatternFile.write(config.stateDirectory(), patterns);
    try {
      journal.save(loop.snapshot(), store.head());
    } finally {
      store.close();
      storage.close();
    }
  }
}
