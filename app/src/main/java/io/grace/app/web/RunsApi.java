package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.Backend.EndedRun;
import io.grace.app.Backend.RunQuery;
import io.grace.app.Backend.StoreUnavailable;
import io.grace.app.Backend.StoredEntry;
import io.grace.app.web.LogViews.EntryView;
import io.grace.app.web.LogViews.StoryView;
import io.grace.app.web.RunViews.RunView;
import io.grace.core.model.Mode;
import io.grace.core.model.RunId;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// Runs, the newest first.
@RestController
public final class RunsApi {
  private final Backend backend;
  private final JsonMapper json;

  RunsApi(Backend backend, JsonMapper json) {
    this.backend = backend;
    this.json = json;
  }

  @GetMapping("/api/runs")
  public Page<RunView> runs(
      @RequestParam @Nullable String state,
      @RequestParam @Nullable String service,
      @RequestParam @Nullable Integer limit,
      @RequestParam @Nullable String after)
      throws StoreUnavailable {
    String wanted = Inputs.word("state", state, "all", "open", "ended");
    Optional<ServiceId> of = Inputs.anyService(service);
    int most = Inputs.limit(limit);
    Optional<RunId> below = Inputs.optional("after", after, RunId::new);
    // Before the store is read: what ends in between is then in both, not in neither.
    Snapshot snapshot = backend.snapshot();
    var found = new TreeMap<RunId, RunView>(Comparator.reverseOrder());
    if (!wanted.equals("ended")) {
      snapshot.runs().values().stream()
          .filter(r -> of.isEmpty() || of.get().equals(r.plan().service()))
          .filter(r -> below.isEmpty() || r.id().compareTo(below.get()) < 0)
          .forEach(r -> found.put(r.id(), RunViews.open(r)));
    }
    if (!wanted.equals("open")) {
      var query = new RunQuery(false, of, Optional.empty(), Instant.EPOCH, below, most + 1);
      for (EndedRun run : backend.endedRuns(query)) {
        found.put(run.id(), RunViews.ended(run, Optional.empty()));
      }
    }
    return Page.first(new ArrayList<>(found.values()), most, RunView::id, r -> r);
  }

  @GetMapping("/api/runs/{id}")
  public RunView run(@PathVariable String id) throws StoreUnavailable {
    RunId run = Inputs.run(id);
    Optional<Run> open = backend.snapshot().run(run);
    if (open.isPresent()) {
      return RunViews.open(open.get());
    }
    EndedRun ended = backend.endedRun(run).orElseThrow(() -> Refusal.notFound("no run " + run));
    return RunViews.ended(ended, Optional.of(Told.by(backend.story(run), json)));
  }

  @GetMapping("/api/runs/{id}/story")
  public StoryView story(@PathVariable String id) throws StoreUnavailable {
    RunId run = Inputs.run(id);
    List<StoredEntry> story = backend.story(run);
    if (story.isEmpty()) {
      throw Refusal.notFound("no run " + run);
    }
    return new StoryView(story.stream().map(EntryView::of).toList());
  }

  /// Runs that wait for the gate where GRACE may act at all; the oldest first, since it expires
  /// first.
  @GetMapping("/api/approvals")
  public Page<RunView> approvals() {
    var policy = backend.policy();
    return Page.whole(
        backend.snapshot().runs().values().stream()
            .filter(Run.Proposed.class::isInstance)
            .filter(r -> policy.mode(r.plan().service(), r.plan().playbook()) != Mode.OBSERVE)
            .sorted(Comparator.comparing(Run::id))
            .map(RunViews::open)
            .toList());
  }
}
