package io.grace.domains.selfheal;

import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How long the healing may stand still before something is wrong with it. *Immutable.*
///
/// @param staleAfter for a proposal that waits for people
/// @param stuckAfter for a run without progress; one that asks a person is not stuck
record Patience(Duration staleAfter, Duration stuckAfter) {
  Patience {
    if (!staleAfter.isPositive() || !stuckAfter.isPositive()) {
      throw new IllegalArgumentException(
          "patience must be positive: " + staleAfter + ", " + stuckAfter);
    }
  }

  List<Run> stale(Snapshot snapshot, Instant now) {
    return waiting(snapshot).stream()
        .filter(run -> run.facts().proposedAt().plus(staleAfter).isBefore(now))
        .toList();
  }

  List<Run> stuck(Snapshot snapshot, Instant now) {
    return snapshot.runs().values().stream()
        .filter(run -> isUnderWay(run) && run.since().plus(stuckAfter).isBefore(now))
        .toList();
  }

  /// Proposals that wait for people: not those that wait for a window, and not those of the domain
  /// itself, which would withdraw its own remedy.
  static List<Run> waiting(Snapshot snapshot) {
    return snapshot.runs().values().stream()
        .filter(run ->
            run instanceof Run.Proposed proposed
                && proposed.deferredUntil().isEmpty()
                && !SelfHealDomain.NODES.contains(proposed.facts().plan().service()))
        .toList();
  }

  private static boolean isUnderWay(Run run) {
    return (run instanceof Run.Working || run instanceof Run.Verifying)
        && !SelfHealDomain.NODES.contains(run.facts().plan().service());
  }
}
