package io.grace.app;

import io.grace.core.entry.Entry;
import io.grace.core.event.Event;
import io.grace.core.event.Event.Recovery;
import io.grace.core.loop.Command;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.Report;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Signal;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.config.Checker;
import io.grace.runtime.config.ExitCriteria;
import io.grace.runtime.config.Explanation;
import io.grace.runtime.config.PlaybookTests;
import io.grace.runtime.foresight.Seen;
import io.grace.runtime.ingest.Source;
import io.grace.runtime.journal.Head;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.SelfCheck;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import io.grace.runtime.journal.projection.Archive.IncidentRow;
import io.grace.runtime.journal.projection.Archive.RunFilter;
import io.grace.runtime.journal.projection.Archive.RunRow;
import io.grace.runtime.judgement.Pattern;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.memory.Broker;
import io.grace.runtime.node.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API's view of a running node. *Thread-safe.*
final class NodeBackend implements Backend {
  private static final Logger LOG = LoggerFactory.getLogger(NodeBackend.class);

  /// A cycle takes milliseconds; whoever waits longer should be told that it is not known.
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /// Senders give up after ten seconds; who was not answered by then sends again.
  private static final Duration REPORT_LIMIT = Duration.ofSeconds(5);

  private final Node node;
  private final List<ApiToken> tokens;
  private final Optional<IdentityProvider> provider;
  private final String version;

  NodeBackend(
      Node node, List<ApiToken> tokens, Optional<IdentityProvider> provider, String version) {
    this.node = node;
    this.tokens = List.copyOf(tokens);
    this.provider = provider;
    this.version = version;
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Policy policy() {
    return node.config().policy();
  }

  @Override
  public Snapshot snapshot() {
    return node.snapshot();
  }

  @Override
  public LoopThread.Status loopStatus() {
    return node.loop().status();
  }

  @Override
  public Optional<Reply.Answer> ask(Command command) throws InterruptedException {
    return node.loop().ask(command, ANSWER_LIMIT);
  }

  @Override
  public boolean offer(List<Signal> signals) {
    return node.offer(signals);
  }

  @Override
  public Optional<Reply.Receipt> report(List<Report> reports) throws InterruptedException {
    return node.loop().report(reports, REPORT_LIMIT);
  }

  @Override
  public Optional<Source> source(String name) {
    return node.sources().values().stream().filter(s -> s.id().value().equals(name)).findFirst();
  }

  @Override
  public Map<String, Path> repositories() {
    return node.config().repositories();
  }

  @Override
  public long droppedResults() {
    return node.droppedResults();
  }

  @Override
  public long refusedSignals() {
    return node.loop().refused();
  }

  @Override
  public JournalHead head() {
    return head(node.store().head());
  }

  private static JournalHead head(Head head) {
    return new JournalHead(head.index(), head.hash());
  }

  @Override
  public List<StoredEntry> entries(EntryQuery query) throws StoreUnavailable {
    return read(() ->
            node.archive().entries(query.after(), query.limit(), query.kind(), query.subject()))
        .stream()
        .map(NodeBackend::stored)
        .toList();
  }

  private static StoredEntry stored(Entry e) {
    return new StoredEntry(
        e.index(), e.at(), e.actor(), e.kind(), e.subject(), e.payload(), e.hash());
  }

  @Override
  public LogVerdict verifyLog() throws StoreUnavailable {
    SelfCheck.Result result = read(() -> SelfCheck.run(node.store().reader()));
    return new LogVerdict(
        result.findings().isEmpty(),
        result.entries(),
        result.findings(),
        result.head().map(NodeBackend::head).orElse(head()));
  }

  @Override
  public void exportLog(OutputStream out) throws IOException, StoreUnavailable {
    try {
      node.store().reader().export(out);
    } catch (JournalException e) {
      throw unavailable(e);
    }
  }

  @Override
  public List<StoredEntry> search(EntrySearch search) throws StoreUnavailable {
    return stored(() -> node.archive().search(search));
  }

  @Override
  public List<StoredEntry> incidentStory(IncidentId id) throws StoreUnavailable {
    return stored(() -> node.archive().incidentStory(id.value()));
  }

  private static List<StoredEntry> stored(Query<List<Entry>> query) throws StoreUnavailable {
    return read(query).stream().map(NodeBackend::stored).toList();
  }

  @Override
  public List<EndedRun> runsFor(IncidentId id) throws StoreUnavailable {
    return read(() -> node.archive().runsFor(id.value())).stream()
        .filter(r -> r.endedAt().isPresent())
        .map(NodeBackend::ended)
        .toList();
  }

  @Override
  public List<Pattern> patterns() {
    return node.patterns().rules();
  }

  @Override
  public Optional<Seen> seen(ServiceId service, MetricId metric) {
    return node.predictor().seen(service, metric);
  }

  @Override
  public List<MetricId> metrics(ServiceId service) {
    return node.predictor().metrics(service);
  }

  @Override
  public Explanation explanation() {
    return Checker.explain(node.config(), InstantSource.system().instant());
  }

  @Override
  public Subscription subscribe(Runnable onNews) {
    return node.listen(_ -> onNews.run())::close;
  }

  // ---- runs and incidents that ended

  @Override
  public List<EndedRun> endedRuns(RunQuery q) throws StoreUnavailable {
    return read(() ->
            node.archive()
                .runs(
                    q.onlyActed() ? RunFilter.ACTED : RunFilter.ENDED,
                    q.service().map(ServiceId::value),
                    q.playbook().map(p -> p.value()),
                    q.since(),
                    q.after().map(RunId::value),
                    q.limit()))
        .stream()
        .map(NodeBackend::ended)
        .toList();
  }

  @Override
  public Optional<EndedRun> endedRun(RunId id) throws StoreUnavailable {
    return read(() -> node.archive().run(id.value()))
        .filter(r -> r.endedAt().isPresent())
        .map(NodeBackend::ended);
  }

  private static EndedRun ended(RunRow row) {
    return new EndedRun(
        new RunId(row.id()),
        row.proposal(),
        Run.Outcome.valueOf(row.phase().toUpperCase(Locale.ROOT)),
        row.acted(),
        row.reason(),
        row.proposedAt(),
        row.endedAt().orElseThrow());
  }

  @Override
  public List<StoredEntry> story(RunId id) throws StoreUnavailable {
    Optional<RunRow> run = read(() -> node.archive().run(id.value()));
    return run.isEmpty()
        ? List.of()
        : read(() -> node.archive().story(run.get())).stream().map(NodeBackend::stored).toList();
  }

  @Override
  public List<PastIncident> pastIncidents(Optional<IncidentId> after, int limit)
      throws StoreUnavailable {
    return read(() ->
            node.archive().incidents(Optional.of("resolved"), after.map(IncidentId::value), limit))
        .stream()
        .map(NodeBackend::past)
        .toList();
  }

  @Override
  public Optional<PastIncident> pastIncident(IncidentId id) throws StoreUnavailable {
    return read(() -> node.archive().incident(id.value()))
        .filter(i -> i.resolved().isPresent())
        .map(NodeBackend::past);
  }

  private static PastIncident past(IncidentRow row) {
    return new PastIncident(
        new IncidentId(row.id()),
        new ServiceId(row.service()),
        Severity.valueOf(row.severity().toUpperCase(Locale.ROOT)),
        row.opened(),
        row.resolved().orElseThrow(),
        Recovery.valueOf(row.recovery().orElseThrow().toUpperCase(Locale.ROOT)),
        row.diagnosis().map(DiagnosisKind::new),
        row.reason());
  }

  @Override
  public Map<String, Boolean> features() {
    return node.config().server().features();
  }

  @Override
  public List<ApiToken> tokens() {
    return tokens;
  }

  @Override
  public <D> Optional<D> domain(Class<D> type) {
    return node.domain(type);
  }

  @Override
  public Optional<Broker> memories() {
    return node.memories();
  }

  @Override
  public Optional<IdentityProvider> identityProvider() {
    return provider;
  }

  @Override
  public List<Path> playbookTests() {
    return node.config().playbookTests();
  }

  @Override
  public PlaybookTests.Report playTests(Path file) {
    return PlaybookTests.run(node.config(), file);
  }

  @Override
  public long readEvents(long after, Consumer<Event> to) throws StoreUnavailable {
    List<Entry> page = read(() -> node.store().reader().page(after + 1));
    page.stream().filter(EventCodec::isEvent).map(EventCodec::event).forEach(to);
    return page.isEmpty() ? after : page.getLast().index();
  }

  @Override
  public ExitCriteria exitCriteria() {
    return node.config().exitCriteria();
  }

  private interface Query<T> {
    T run() throws JournalException;
  }

  private static <T> T read(Query<T> query) throws StoreUnavailable {
    try {
      return query.run();
    } catch (JournalException e) {
      throw unavailable(e);
    }
  }

  private static StoreUnavailable unavailable(JournalException e) {
    return new StoreUnavailable(String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    try {
      node.close();
    } catch (JournalException e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("the journal could not be closed in order; the next start looks for itself");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
