package io.grace.app;

import io.grace.core.event.Event;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.loop.Command;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.core.spi.MemoryStore;
import io.grace.core.spi.Secrets;
import io.grace.core.state.Run;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.config.Checker;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.ExitCriteria;
import io.grace.runtime.config.Explanation;
import io.grace.runtime.config.Loaded;
import io.grace.runtime.config.PlaybookTests;
import io.grace.runtime.config.Workshop;
import io.grace.runtime.foresight.Seen;
import io.grace.runtime.ingest.Source;
import io.grace.runtime.journal.FileKeyRing;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.SigningKey;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import io.grace.runtime.judgement.Pattern;
import io.grace.runtime.loop.ControlLoop;
import io.grace.runtime.loop.Input;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.loop.Senses;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.memory.MemoryBank;
import io.grace.runtime.telemetry.Ring;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A node whose loop is real and whose journal is a list; no step that it starts ever ends.
final class MemoryBackend implements Backend {
  /// The token of each role is its name.
  static final List<ApiToken> TOKENS =
      Stream.of(Role.values())
          .map(
              role -> new ApiToken("the-" + role, role, Hash.sha256(role.toString()), domain(role)))
          .toList();

  /// The secret of every source of the test's configuration.
  static final String SECRET = "a-secret-of-sources-0123456789";

  /// Set to make the journal refuse.
  final AtomicBoolean broken = new AtomicBoolean();

  final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final List<StoredEntry> log = new CopyOnWriteArrayList<>();
  private final List<Event> history = new CopyOnWriteArrayList<>();
  private final Map<RunId, Run> runs = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
  private final Config config;
  private final Policy policy;
  private final Map<String, Source> sources;
  private final Map<String, Boolean> features;
  private final LoopThread thread;
  private final ReentrantLock memoriesLock = new ReentrantLock();
  private Optional<Broker> memories = Optional.empty();
  private volatile Optional<byte[]> publicKey = Optional.empty();
  private final ControlLoop loop;

  MemoryBackend(Map<String, Boolean> features) throws Journal.Unavailable {
    this(features, resource("/grace.yaml"));
  }

  MemoryBackend(Map<String, Boolean> features, Path file) throws Journal.Unavailable {
    this(features, file, Snapshot.EMPTY);
  }

  /// @param before what an earlier life left
  MemoryBackend(Map<String, Boolean> features, Path file, Snapshot before)
      throws Journal.Unavailable {
    this.features = features;
    this.config = configOf(file);
    this.policy = config.policy();
    var clock = InstantSource.system();
    this.sources =
        config.sources().stream()
            .map(s -> new Source(s, _ -> Optional.of(new Secrets.Secret(SECRET)), clock.instant()))
            .collect(Collectors.toMap(s -> s.id().value(), s -> s));
    var ring = new Ring(clock);
    this.loop =
        new ControlLoop(
            policy,
            Duration.ofSeconds(30),
            Ranker.AS_EXPECTED,
            this::append,
            new Senses(ring, ring::add),
            _ -> {},
            before,
            _ -> listeners.forEach(Runnable::run));
    this.thread = new LoopThread(clock, _ -> {});
    loop.begin(
        before == Snapshot.EMPTY ? 1 : 2, "test", clock.instant().truncatedTo(ChronoUnit.MICROS));
    thread.start(loop);
  }

  private static Path resource(String name) {
    try {
      return Path.of(MemoryBackend.class.getResource(name).toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Config configOf(Path file) {
    return switch (ConfigLoader.load(file, Map.of())) {
      case Loaded.Valid(var config) -> config;
      case Loaded.Invalid(var problems) -> throw new IllegalStateException(problems.toString());
    };
  }

  private void append(List<Event> events) throws Journal.Unavailable {
    if (broken.get()) {
      throw new Journal.Unavailable("the disk is full", false, new IOException("full"));
    }
    for (Event event : events) {
      var draft = EventCodec.draft(event);
      history.add(event);
      log.add(
          new StoredEntry(
              log.size() + 1L,
              draft.at(),
              draft.actor(),
              draft.kind(),
              draft.subject(),
              draft.payload(),
              Hash.sha256(draft.payload())));
      if (event instanceof RunProposed proposed) {
        runs.put(proposed.run(), Run.start(proposed));
      } else if (event instanceof RunEvent e) {
        runs.computeIfPresent(e.run(), (_, run) -> RunTable.apply(run, e));
      }
    }
  }

  @Override
  public String version() {
    return "test";
  }

  Workshop workshop() {
    return new Workshop(config);
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public Snapshot snapshot() {
    return loop.snapshot();
  }

  @Override
  public LoopThread.Status loopStatus() {
    return thread.status();
  }

  @Override
  public Optional<Reply.Answer> ask(Command command) throws InterruptedException {
    return thread.ask(command, Duration.ofSeconds(10));
  }

  @Override
  public boolean offer(List<Signal> signals) {
    return thread.offer(new Input.Signals(signals));
  }

  @Override
  public Optional<Reply.Receipt> report(List<Report> reports) throws InterruptedException {
    return thread.report(reports, Duration.ofSeconds(10));
  }

  @Override
  public Optional<Source> source(String name) {
    return Optional.ofNullable(sources.get(name));
  }

  @Override
  public Map<String, Path> repositories() {
    return config.repositories();
  }

  @Override
  public long droppedResults() {
    return loop.dropped();
  }

  @Override
  public long refusedSignals() {
    return thread.refused();
  }

  @Override
  public JournalHead head() {
    StoredEntry last = log.getLast();
    return new JournalHead(last.index(), last.hash());
  }

  @Override
  public List<StoredEntry> entries(EntryQuery query) throws StoreUnavailable {
    requireStore();
    return log.stream()
        .filter(e -> e.index() > query.after())
        .filter(e -> query.kind().isEmpty() || query.kind().get().equals(e.kind()))
        .filter(e -> query.subject().isEmpty() || query.subject().get().equals(e.subject()))
        .limit(query.limit())
        .toList();
  }

  @Override
  public LogVerdict verifyLog() throws StoreUnavailable {
    requireStore();
    return new LogVerdict(true, log.size(), List.of(), head());
  }

  @Override
  public void exportLog(OutputStream out) throws IOException, StoreUnavailable {
    requireStore();
    for (StoredEntry entry : log) {
      out.write((entry.payload() + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public List<StoredEntry> search(EntrySearch search) throws StoreUnavailable {
    requireStore();
    return log.reversed().stream()
        .filter(e -> e.index() < search.before())
        .filter(e -> search.kind().map(k -> e.kind().startsWith(k)).orElse(true))
        .filter(e -> search.actor().map(e.actor()::equals).orElse(true))
        .filter(e -> search.subject().map(e.subject()::equals).orElse(true))
        .filter(e -> search.text().map(e.payload()::contains).orElse(true))
        .limit(search.limit())
        .toList();
  }

  @Override
  public List<StoredEntry> incidentStory(IncidentId id) throws StoreUnavailable {
    requireStore();
    var subjects = new HashSet<>(Set.of(id.value()));
    runs.forEach((run, r) -> {
      if (r.proposal().incident().equals(id)) {
        subjects.add(run.value());
        subjects.add(r.plan().service().value());
      }
    });
    return log.stream().filter(e -> subjects.contains(e.subject())).toList();
  }

  @Override
  public List<EndedRun> runsFor(IncidentId id) throws StoreUnavailable {
    requireStore();
    return runs.values().stream()
        .filter(r -> r.proposal().incident().equals(id))
        .flatMap(r -> ended(r).stream())
        .toList();
  }

  @Override
  public List<Pattern> patterns() {
    return List.of(
        new Pattern(
            "payments latency_spike",
            "orders latency_spike",
            0.85,
            20,
            17,
            2,
            Duration.ofMinutes(4),
            0.01,
            "`orders latency_spike` follows `payments latency_spike` within 4 min in 17 of 20"
                + " cases; by chance 2 would"));
  }

  @Override
  public Optional<Seen> seen(ServiceId service, MetricId metric) {
    return Optional.empty();
  }

  @Override
  public List<MetricId> metrics(ServiceId service) {
    return List.of();
  }

  @Override
  public Explanation explanation() {
    return Checker.explain(config, Instant.now());
  }

  @Override
  public Subscription subscribe(Runnable onNews) {
    listeners.add(onNews);
    return () -> listeners.remove(onNews);
  }

  @Override
  public List<EndedRun> endedRuns(RunQuery query) throws StoreUnavailable {
    requireStore();
    return runs.values().stream()
        .flatMap(run -> ended(run).stream())
        .filter(r -> !query.onlyActed() || r.acted())
        .filter(
            r -> query.service().isEmpty() || query.service().get().equals(r.proposal().service()))
        .filter(r -> query.after().isEmpty() || r.id().compareTo(query.after().get()) < 0)
        .filter(r -> !r.proposedAt().isBefore(query.since()))
        .limit(query.limit())
        .toList();
  }

  @Override
  public Optional<EndedRun> endedRun(RunId id) throws StoreUnavailable {
    requireStore();
    return Optional.ofNullable(runs.get(id)).flatMap(MemoryBackend::ended);
  }

  private static Optional<EndedRun> ended(Run run) {
    return run instanceof Run.Done done
        ? Optional.of(
            new EndedRun(
                done.id(),
                done.proposal(),
                done.outcome(),
                done.acted(),
                done.reason(),
                done.facts().proposedAt(),
                done.since()))
        : Optional.empty();
  }

  @Override
  public List<StoredEntry> story(RunId id) throws StoreUnavailable {
    return entries(new EntryQuery(0, 500, Optional.empty(), Optional.of(id.value())));
  }

  @Override
  public List<PastIncident> pastIncidents(Optional<IncidentId> after, int limit) {
    return List.of();
  }

  @Override
  public Optional<PastIncident> pastIncident(IncidentId id) {
    return Optional.empty();
  }

  @Override
  public Map<String, Boolean> features() {
    return features;
  }

  @Override
  public List<ApiToken> tokens() {
    return TOKENS;
  }

  /// Those who hold them speak for these domains; approvers for none.
  private static Optional<DomainId> domain(Role role) {
    return switch (role) {
      case VIEWER -> Optional.of(DomainId.ML);
      case OPERATOR -> Optional.of(DomainId.KNOWLEDGE);
      case APPROVER, ADMIN -> Optional.empty();
    };
  }

  /// Domains that are there, for tests that put one in.
  final List<Object> domains = new CopyOnWriteArrayList<>();

  @Override
  public <D> Optional<D> domain(Class<D> type) {
    return domains.stream().filter(type::isInstance).map(type::cast).findFirst();
  }

  @Override
  public Optional<Broker> memories() {
    memoriesLock.lock();
    try {
      if (memories.isEmpty()) {
        Path place = Files.createTempDirectory("grace-memories-");
        SigningKey key = FileKeyRing.in(place.resolve("keys")).create();
        publicKey = Optional.of(key.publicKey());
        memories =
            Optional.of(
                new Broker(
                    MemoryPolicy.STANDARD,
                    MemoryBank.open(place.resolve("memory")),
                    thread::ask,
                    () -> loop.snapshot().memories(),
                    () -> key,
                    InstantSource.system()));
      }
      return memories;
    } catch (IOException | JournalException | MemoryStore.Unavailable e) {
      throw new IllegalStateException(e);
    } finally {
      memoriesLock.unlock();
    }
  }

  /// Of the key that signs what memories are told.
  byte[] publicKey() {
    return publicKey.orElseThrow();
  }

  @Override
  public Optional<IdentityProvider> identityProvider() {
    return config
        .oidc()
        .map(oidc -> new IdentityProvider(oidc, () -> Optional.of(new Secrets.Secret(SECRET))));
  }

  @Override
  public List<Path> playbookTests() {
    return config.playbookTests();
  }

  @Override
  public PlaybookTests.Report playTests(Path file) {
    return PlaybookTests.run(config, file);
  }

  @Override
  public long readEvents(long after, Consumer<Event> to) throws StoreUnavailable {
    requireStore();
    List<Event> rest = history.stream().skip(after).toList();
    rest.forEach(to);
    return after + rest.size();
  }

  @Override
  public ExitCriteria exitCriteria() {
    return config.exitCriteria();
  }

  private void requireStore() throws StoreUnavailable {
    if (broken.get()) {
      throw new StoreUnavailable("the disk is full", new IOException("full"));
    }
  }

  /// When the loop last completed a cycle.
  Instant lastCycle() {
    return thread.status().lastCycle();
  }

  @Override
  public void close() {
    try {
      if (memories.isPresent()) {
        memories.get().close();
      }
      thread.close();
    } catch (MemoryStore.Unavailable e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
