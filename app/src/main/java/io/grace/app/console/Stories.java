package io.grace.app.console;

import io.grace.app.Backend;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.console.Sentences.Line;
import io.grace.core.model.IncidentId;
import io.grace.core.model.RunId;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the journal tells, read for pages.
public final class Stories {
  /// What led from trouble to outcome; what was measured in between is left out.
  private static final List<String> CAUSAL = List.of("incident.", "run.", "step.", "compensation.");

  /// People do not read a plan, ask, and decide within so short a time.
  private static final long RUBBER_STAMP_MS = 10_000;

  private final Backend backend;
  private final Sentences sentences;

  Stories(Backend backend, Sentences sentences) {
    this.backend = backend;
    this.sentences = sentences;
  }

  Sentences sentences() {
    return sentences;
  }

  List<Line> run(RunId id) throws StoreUnavailable {
    return sentences.lines(backend.story(id));
  }

  List<Line> incident(IncidentId id) throws StoreUnavailable {
    return sentences.lines(backend.incidentStory(id));
  }

  List<Line> search(EntrySearch search) throws StoreUnavailable {
    return sentences.lines(backend.search(search));
  }

  Optional<StoredEntry> entry(long index) throws StoreUnavailable {
    return backend
        .search(
            new EntrySearch(
                index + 1,
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()))
        .stream()
        .filter(e -> e.index() == index)
        .findFirst();
  }

  /// The incident that an entry belongs to, if to any.
  Optional<IncidentId> incidentOf(StoredEntry entry) throws StoreUnavailable {
    JsonNode payload = sentences.payload(entry);
    String named = payload.path("incident").asString("");
    if (!named.isEmpty()) {
      return Optional.of(new IncidentId(named));
    }
    String run = payload.path("run").asString("");
    if (run.isEmpty()) {
      return Optional.empty();
    }
    var id = new RunId(run);
    var open = backend.snapshot().run(id).map(r -> r.proposal().incident());
    return open.isPresent() ? open : backend.endedRun(id).map(r -> r.proposal().incident());
  }

  /// From trouble to outcome.
  List<Line> chain(IncidentId id) throws StoreUnavailable {
    return incident(id).stream()
        .filter(l -> CAUSAL.stream().anyMatch(l.entry().kind()::startsWith))
        .toList();
  }

  /// One decision of a person about a run.
  ///
  /// @param decided `approved` or `rejected`
  /// @param tookMs from the proposal to it
  /// @param outcome of the run; empty while it is open
  public record Decision(
      String run, String by, String decided, long tookMs, Instant at, Optional<String> outcome) {
    public boolean isRubberStamp() {
      return decided.equals("approved") && tookMs < RUBBER_STAMP_MS;
    }

    /// What was agreed to did not help or did harm.
    public boolean isOverturned() {
      return decided.equals("approved")
          && outcome.filter(o -> o.equals("failed") || o.equals("rolled_back")).isPresent();
    }
  }

  /// The last decisions of people, the newest first.
  List<Decision> decisions() throws StoreUnavailable {
    var found = new ArrayList<Decision>();
    for (String kind : List.of("run.approved", "run.rejected")) {
      for (StoredEntry entry :
          backend.search(
              new EntrySearch(
                  Long.MAX_VALUE,
                  100,
                  Optional.of(kind),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty()))) {
        decision(entry).ifPresent(found::add);
      }
    }
    found.sort((a, b) -> b.at().compareTo(a.at()));
    return found;
  }

  private Optional<Decision> decision(StoredEntry entry) throws StoreUnavailable {
    var id = new RunId(entry.subject());
    var open = backend.snapshot().run(id);
    var ended = open.isPresent() ? Optional.<Backend.EndedRun>empty() : backend.endedRun(id);
    Optional<Instant> proposed =
        open.map(r -> r.facts().proposedAt()).or(() -> ended.map(Backend.EndedRun::proposedAt));
    return proposed.map(at ->
        new Decision(
            id.value(),
            entry.actor(),
            entry.kind().substring("run.".length()),
            java.time.Duration.between(at, entry.at()).toMillis(),
            entry.at(),
            ended.map(r -> r.outcome().name().toLowerCase(java.util.Locale.ROOT))));
  }
}
