package io.grace.runtime.judgement;

import io.grace.core.learn.Alone;
import io.grace.core.learn.Experience;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Impact;
import io.grace.core.model.Playbook;
import io.grace.core.model.Proposal;
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
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A ranker that has learnt exactly from the experiences of one snapshot, in their order. *Owned by
/// one thread.*
final class Experienced {
  /// So many of the newest runs of a service are its recent ones.
  private static final int RECENT = 10;

  /// What a run may take; who recovers later was not helped by waiting.
  static final Duration WHILE = Duration.ofMinutes(10);

  private static final double SECONDS_A_DAY = 86_400;

  private final Policy policy;
  private final RankerSettings settings;
  private final Ranker ranker;
  private final Map<ServiceId, Deque<Boolean>> recent = new HashMap<>();
  private List<Experience> absorbed = List.of();
  private byte[] learnt = {};

  Experienced(Policy policy, RankerSettings settings) {
    this.policy = policy;
    this.settings = settings;
    this.ranker = new Ranker(settings, 0);
  }

  /// Learns what is new.
  ///
  /// @return false if what it learnt is no part of that any more, so that it has to begin anew
  boolean absorb(List<Experience> all) {
    boolean isContinued =
        absorbed.isEmpty()
            || (all.size() >= absorbed.size()
                && all.getFirst() == absorbed.getFirst()
                && all.get(absorbed.size() - 1) == absorbed.getLast());
    if (isContinued && (all.size() > absorbed.size() || learnt.length == 0)) {
      all.subList(absorbed.size(), all.size()).forEach(this::learn);
      absorbed = all;
      learnt = ranker.bytes();
    }
    return isContinued;
  }

  /// A ranker for one question: asking changes what it remembers, and must not change what the next
  /// one is told.
  ///
  /// @param alone how incidents went on that were left alone
  Ranker forQuestion(
      DiagnosisKind diagnosis, Map<Snapshot.Ailment, List<Alone>> alone, Instant now) {
    Ranker asked = Ranker.of(learnt, settings, 0);
    alone.entrySet().stream()
        .filter(e -> e.getKey().diagnosis().equals(diagnosis))
        .sorted(Comparator.comparing(e -> e.getKey().toString()))
        .forEach(e -> learnRecovery(asked, e.getKey(), e.getValue(), now));
    return asked;
  }

  /// What a playbook's chance of success is at the very least (95 %), in usual circumstances.
  double atLeast(
      Proposal.Key key, Playbook playbook, Map<Snapshot.Ailment, List<Alone>> alone, Instant now) {
    return forQuestion(key.diagnosis(), alone, now)
        .trust(
            situation(key.service(), key.diagnosis(), now, 0.5, 0),
            candidate(playbook),
            seconds(now))
        .success()
        .low();
  }

  /// How many of the incidents that were left alone recovered, those that were acted on counted for
  /// as long as they were.
  private void learnRecovery(
      Ranker asked, Snapshot.Ailment ailment, List<Alone> times, Instant now) {
    double share = Recovery.curve(times).recoversBetween(0, WHILE.toMillis()).mean();
    long recovered = Math.round(share * times.size());
    Situation situation = situation(ailment.service(), ailment.diagnosis(), now, 0.5, 0);
    for (int i = 0; i < times.size(); i++) {
      long id = asked.book(situation, List.of(), -1, seconds(now));
      asked.learn(id, i < recovered ? Outcome.SUCCEEDED : Outcome.FAILED, seconds(now));
    }
  }

  private void learn(Experience e) {
    List<Playbook> treating =
        policy.playbooks().stream()
            .filter(p -> e.choice().stream().anyMatch(c -> c.playbook().equals(p.id())))
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
