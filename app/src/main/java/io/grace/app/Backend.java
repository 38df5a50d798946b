package io.grace.app;

import io.grace.core.event.Event;
import io.grace.core.event.Event.Recovery;
import io.grace.core.loop.Command;
import io.grace.core.memory.DomainId;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.MetricId;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Report;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Signal;
import io.grace.core.policy.Policy;
import io.grace.core.spi.Secrets.Secret;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.runtime.config.ExitCriteria;
import io.grace.runtime.config.Explanation;
import io.grace.runtime.config.OidcConfig;
import io.grace.runtime.config.PlaybookTests;
import io.grace.runtime.foresight.Seen;
import io.grace.runtime.ingest.Source;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import io.grace.runtime.judgement.Pattern;
import io.grace.runtime.loop.LoopThread;
import io.grace.runtime.loop.Reply;
import io.grace.runtime.memory.Broker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The node as the API sees it. *Thread-safe*; no call blocks without limit.
public interface Backend extends AutoCloseable {
  String version();

  Policy policy();

  /// Of the last complete cycle.
  Snapshot snapshot();

  LoopThread.Status loopStatus();

  /// Asks the loop; empty if it did not answer in time, and then it is not known whether the
  /// command is carried out.
  Optional<Reply.Answer> ask(Command command) throws InterruptedException;

  /// Hands telemetry to the loop; false if it has no room.
  boolean offer(List<Signal> signals);

  /// Hands reports to the loop and waits until what is news of them is durable; empty if that took
  /// too long.
  Optional<Reply.Receipt> report(List<Report> reports) throws InterruptedException;

  /// A declared source by its name.
  Optional<Source> source(String name);

  /// Local Git repositories that changes may refer to, by name.
  Map<String, Path> repositories();

  /// Results that came too late to be welcome.
  long droppedResults();

  /// Batches of signals refused because the loop had no room.
  long refusedSignals();

  /// The newest entry that is durable.
  JournalHead head();

  /// The oldest entries first.
  List<StoredEntry> entries(EntryQuery query) throws StoreUnavailable;

  /// Checks the chain and the signatures of the whole journal.
  LogVerdict verifyLog() throws StoreUnavailable;

  /// Writes the whole journal as JSON lines, in the format that the off-line verifier reads.
  void exportLog(OutputStream out) throws IOException, StoreUnavailable;

  /// The entries that were looked for, the newest first.
  List<StoredEntry> search(EntrySearch search) throws StoreUnavailable;

  /// What happened about an incident, in order, with its runs and the health of its service; at
  /// most [Archive#MOST_OF_STORY] entries.
  List<StoredEntry> incidentStory(IncidentId id) throws StoreUnavailable;

  /// The runs for an incident that ended, in order.
  List<EndedRun> runsFor(IncidentId id) throws StoreUnavailable;

  /// What was measured of a metric lately.
  Optional<Seen> seen(ServiceId service, MetricId metric);

  /// What follows what, the surest first.
  List<Pattern> patterns();

  /// The metrics that were heard of a service lately.
  List<MetricId> metrics(ServiceId service);

  /// What the configuration means.
  Explanation explanation();

  /// Calls `onNews` soon after entries became durable, on any thread. One call may stand for many
  /// entries, so that a slow reader costs nothing; who is called reads on with [#entries]. It
  /// returns at once.
  Subscription subscribe(Runnable onNews);

  /// Runs that ended, the newest first; open ones are in the snapshot.
  List<EndedRun> endedRuns(RunQuery query) throws StoreUnavailable;

  Optional<EndedRun> endedRun(RunId id) throws StoreUnavailable;

  /// What happened to a run, in order; empty if there is no such run.
  List<StoredEntry> story(RunId id) throws StoreUnavailable;

  /// Incidents that were resolved, the newest first. One that was reopened may still be among them:
  /// the snapshot knows better.
  ///
  /// @param after only older ones than this
  List<PastIncident> pastIncidents(Optional<IncidentId> after, int limit) throws StoreUnavailable;

  Optional<PastIncident> pastIncident(IncidentId id) throws StoreUnavailable;

  /// Groups of the API by name; a group that is not named is on.
  Map<String, Boolean> features();

  List<ApiToken> tokens();

  /// The running domain that is this; empty if the team does not want it.
  <D> Optional<D> domain(Class<D> type);

  /// Tells domains what they remember; empty if no token has a domain.
  Optional<Broker> memories();

  /// The identity provider that people may sign in through.
  Optional<IdentityProvider> identityProvider();

  /// Files with tests of playbooks, or directories of them.
  List<Path> playbookTests();

  /// Plays the tests of a file on simulated time; nothing is touched.
  PlaybookTests.Report playTests(Path file);

  /// Hands over the events of the journal that follow an entry, some of them at a time, in order.
  /// It reads beside the loop, which does not wait for it.
  ///
  /// @return the last entry that was read; `after` at the end
  long readEvents(long after, Consumer<Event> to) throws StoreUnavailable;

  /// What must be seen before more autonomy is earned.
  ExitCriteria exitCriteria();

  /// Stops the node; called once, after the last request.
  @Override
  void close();

  record JournalHead(long index, Hash hash) {}

  /// @param payload canonical JSON
  record StoredEntry(
      long index,
      Instant at,
      String actor,
      String kind,
      String subject,
      String payload,
      Hash hash) {}

  /// @param after the index before the first one wanted
  /// @param limit at most so many, 1–500
  record EntryQuery(long after, int limit, Optional<String> kind, Optional<String> subject) {}

  /// @param findings what is wrong; empty if it is ok
  record LogVerdict(boolean ok, long entries, List<String> findings, JournalHead head) {
    public LogVerdict {
      findings = List.copyOf(findings);
    }
  }

  /// @param onlyActed only those that did something, which are what GRACE learns from
  /// @param since proposed at or after this
  /// @param after only older ones than this
  record RunQuery(
      boolean onlyActed,
      Optional<ServiceId> service,
      Optional<PlaybookId> playbook,
      Instant since,
      Optional<RunId> after,
      int limit) {}

  record EndedRun(
      RunId id,
      Proposal proposal,
      Run.Outcome outcome,
      boolean acted,
      String reason,
      Instant proposedAt,
      Instant endedAt) {}

  /// @param reason why the diagnosis was made
  record PastIncident(
      IncidentId id,
      ServiceId service,
      Severity severity,
      Instant opened,
      Instant resolvedAt,
      Recovery recovery,
      Optional<DiagnosisKind> diagnosis,
      Optional<String> reason) {}

  /// @param name who acts; never `grace`
  /// @param sha256 of the bytes of the token in UTF-8
  /// @param domain in whose name the holder remembers and recalls
  record ApiToken(String name, Role role, Hash sha256, Optional<DomainId> domain) {}

  /// @param secret the client's, read at each use so that it can be rotated; empty if it cannot be
  ///   read
  record IdentityProvider(OidcConfig config, Supplier<Optional<Secret>> secret) {}

  /// Ends with [#close], which does not throw.
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /// The store could not be read now; trying again later may help.
  final class StoreUnavailable extends Exception {
    private static final long serialVersionUID = 1;

    public StoreUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
