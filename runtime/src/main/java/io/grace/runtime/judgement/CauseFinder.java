package io.grace.runtime.judgement;

import io.grace.core.model.Causes;
import io.grace.core.model.Causes.Cause;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Report;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.spi.ReportSource;
import io.grace.core.state.Incident;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.Ranking;
import io.grace.intelligence.cause.Weights;
import io.grace.runtime.foresight.Recent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Works out where open incidents come from, beside the loop: once when one begins, and a few times
/// more while there is news of it; by what is measured, and by what earlier incidents showed.
/// *Owned by the thread that collects.*
public final class CauseFinder implements ReportSource {
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// When an incident is looked at, after it began: at once, and with more to go by.
  private static final List<Duration> LOOKS =
      List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(2));

  /// Nobody reads more.
  private static final int MOST = 5;

  /// Another ranking is news if the first has changed or moved by so much.
  private static final double MOVED = 0.15;

  private final Policy policy;
  private final Supplier<Snapshot> snapshot;
  private final Supplier<List<Recent>> recent;
  private final CauseRanker ranker = new CauseRanker(Weights.standard());
  private final Map<IncidentId, Integer> looks = new HashMap<>();

  /// @param recent what was measured lately, of all that is watched
  public CauseFinder(Policy policy, Supplier<Snapshot> snapshot, Supplier<List<Recent>> recent) {
    this.policy = policy;
    this.snapshot = snapshot;
    this.recent = recent;
  }

  @Override
  public String name() {
    return "root cause";
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public List<Report> collect(Instant now) {
    Snapshot state = snapshot.get();
    looks.keySet().retainAll(Set.copyOf(state.openIncidents().values()));
    List<Incident> due =
        state.openIncidents().values().stream()
            .sorted()
            .flatMap(id -> state.incident(id).stream())
            .filter(i -> isDue(i, now))
            .toList();
    if (due.isEmpty()) {
      return List.of();
    }
    List<Recent> measured = recent.get();
    var reports = new ArrayList<Report>();
    for (Incident incident : due) {
      looks.merge(incident.id(), 1, Integer::sum);
      Causes causes = causes(incident, measured, state);
      if (isNews(incident.causes(), causes)) {
        reports.add(new Report.Traced(incident.id(), causes));
      }
    }
    return reports;
  }

  private boolean isDue(Incident incident, Instant now) {
    int done = looks.getOrDefault(incident.id(), 0);
    return done < LOOKS.size() && !now.isBefore(incident.began().plus(LOOKS.get(done)));
  }

  private static boolean isNews(Optional<Causes> before, Causes after) {
    if (before.isEmpty()) {
      return true;
    }
    return !first(before.get()).equals(first(after))
        || Math.abs(chance(before.get()) - chance(after)) >= MOVED;
  }

  private static Optional<ServiceId> first(Causes causes) {
    return causes.ranked().stream().findFirst().map(Cause::service);
  }

  private static double chance(Causes causes) {
    return causes.ranked().isEmpty() ? 0 : causes.ranked().getFirst().probability();
  }

  private Causes causes(Incident incident, List<Recent> measured, Snapshot state) {
    var view = View.of(incident, measured, state, policy);
    Ranking ranking = ranker.rank(view.scene(), PastCases.of(state, view.services()));
    return new Causes(
        ranking.causes().stream().limit(MOST).map(view::cause).toList(),
        ranking.none(),
        ranking.unknown());
  }
}
