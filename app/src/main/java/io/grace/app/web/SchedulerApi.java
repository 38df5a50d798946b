package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.web.SystemApi.LoopView;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What the scheduler did, and whether it keeps up.
@RestController
public final class SchedulerApi {
  private final Backend backend;
  private final InstantSource clock;

  SchedulerApi(Backend backend, InstantSource clock) {
    this.backend = backend;
    this.clock = clock;
  }

  /// @param skipped by the rule that stood in the way
  /// @param outcomes of runs, by outcome
  public record CountersView(
      long proposed,
      long admitted,
      long deferred,
      SortedMap<String, Long> skipped,
      SortedMap<String, Long> outcomes,
      long droppedResults,
      long refusedSignals) {}

  /// @param openRuns by phase
  /// @param pastLimit runs whose state should have ended by itself; more than 0 for longer than a
  ///   second means that the loop does not keep up
  public record SchedulerView(
      LoopView loop, boolean paused, SortedMap<String, Long> openRuns, long pastLimit) {}

  @GetMapping("/api/self_heal/scheduler_counters")
  public CountersView counters() {
    var c = backend.snapshot().counters();
    return new CountersView(
        c.proposed(),
        c.admitted(),
        c.deferred(),
        c.skipped(),
        c.outcomes(),
        backend.droppedResults(),
        backend.refusedSignals());
  }

  @GetMapping("/api/self_heal/scheduler_health")
  public SchedulerView health() {
    Snapshot snapshot = backend.snapshot();
    Instant now = clock.instant();
    var byPhase = new TreeMap<String, Long>();
    for (Run run : snapshot.runs().values()) {
      byPhase.merge(Words.of(run.phase()), 1L, Long::sum);
    }
    return new SchedulerView(
        LoopView.of(backend.loopStatus()),
        snapshot.isPaused(),
        byPhase,
        snapshot.runs().values().stream().filter(r -> r.isPastLimit(now)).count());
  }
}
