package io.grace.runtime.judgement;

import io.grace.core.learn.Alone;
import io.grace.core.learn.Experience;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import io.grace.intelligence.ranking.Candidate;
import io.grace.intelligence.ranking.Outcome;
import io.grace.intelligence.ranking.Ranker;
import io.grace.intelligence.ranking.RankerSettings;
import io.grace.intelligence.ranking.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A ranker that has learnt exactly from the experiences of one snapshot, in their order. *Owned by
/// one thread.*
final class Experienced {
  /// So many of the newest runs of a service are its recent ones.
  private static final int RECENT = 10;

  /// What a run may take by itself; who recovers later was not helped by waiting.
  private static final Duration WHILE = Duration.ofMinutes(10);

  private static final double SECONDS_A_DAY = 86_400;

  private final Policy policy;
  private final Ranker ranker;
  private final Map<ServiceId, Deque<Boolean>> recent = new HashMap<>();
  private List<Experience> absorbed = List.of();
  private Map<Snapshot.Ailment, List<Alone>> left = Map.of();

  Experienced(Policy policy, RankerSettings settings) {
    this.policy = policy;
    this.ranker = new Ranker(settings, 0);
  }

  Ranker ranker() {
    return ranker;
  }

  /// Learns what is new.
  ///
  /// @return false if what it learnt is no part of that any more, so that it has to begin anew
  boolean absorb(Snapshot snapshot, Instant now) {
    List<Experience> all = snapshot.experiences();
    boolean isContinued =
        absorbed.isEmpty()
            || (all.size() >= absorbed.size()
                && all.getFirst() == absorbed.getFirst()
                && all.get(absorbed.size() - 1) == absorbed.getLast());
    if (!isContinued || (left != snapshot.alone() && !left.isEmpty())) {
      return false;
    }
    if (left != snapshot.alone()) {
      left = snapshot.alone();
      left.forEach((ailment, times) -> times.forEach(t -> alone(ailment, t, now)));
    }
    all.subList(absorbed.size(), all.size()).forEach(this::learn);
    absorbed = all;
    return true;
  }

  /// How an incident that was left alone went on, as far as it is known.
  private void alone(Snapshot.Ailment ailment, Alone alone, Instant now) {
    boolean isSoon = alone.time().compareTo(WHILE) <= 0;
    if (alone.recovered() || !isSoon) {
      Situation situation = situation(ailment.service(), ailment.diagnosis(), now, 0.5, 0);
      long id = ranker.book(situation, List.of(), -1, seconds(now));
      ranker.learn(
          id, alone.recovered() && isSoon ? Outcome.SUCCEEDED : Outcome.FAILED, seconds(now));
    }
  }

  private void learn(Experience e) {
    List<Playbook> treating =
        policy.playbooks().stream()
            .filter(p -> p.treats().contains(e.key().diagnosis()))
            .limit(LearnedRanker.MOST)
            .toList();
    List<Candidate> candidates = treating.stream().map(Experienced::candidate).toList();
    int chosen = treating.stream().map(Playbook::id).toList().indexOf(e.key().playbook());
    if (chosen >= 0) {
      Situation situation =
          situation(
              e.key().service(),
              e.key().diagnosis(),
              e.decided(),
              e.circumstances().load(),
              e.blastRadius());
      long id = ranker.book(situation, candidates, chosen, seconds(e.ended()));
      Outcome outcome =
          e.helped() ? Outcome.SUCCEEDED : e.isHarm() ? Outcome.HARMED : Outcome.FAILED;
      ranker.learn(id, outcome, seconds(e.ended()));
    }
    Deque<Boolean> newest = recent.computeIfAbsent(e.key().service(), _ -> new ArrayDeque<>());
    newest.addLast(e.helped());
    if (newest.size() > RECENT) {
      newest.removeFirst();
    }
  }

  static Candidate candidate(Playbook playbook) {
    return new Candidate(
        playbook.id().value(),
        playbook.prior(),
        (double) playbook.impact().ordinal() / (Impact.values().length - 1));
  }

  /// @param blastRadius how many services depend on the targets
  Situation situation(
      ServiceId service, DiagnosisKind diagnosis, Instant now, double load, int blastRadius) {
    Deque<Boolean> newest = recent.getOrDefault(service, new ArrayDeque<>());
    long helped = newest.stream().filter(h -> h).count();
    return new Situation(
        service.value(),
        kind(service),
        diagnosis.value(),
        now.atZone(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / SECONDS_A_DAY,
        load,
        Math.min(1, (double) blastRadius / Math.max(1, policy.services().size())),
        (helped + 0.5) / (newest.size() + 1));
  }

  /// Services are of one kind if their names begin alike: `db-orders` and `db-users`.
  private static String kind(ServiceId service) {
    int dash = service.value().indexOf('-');
    return dash > 0 ? service.value().substring(0, dash) : service.value();
  }

  static double seconds(Instant at) {
    return at.toEpochMilli() / 1e3;
  }
}
