package io.grace.core.govern;

import io.grace.core.govern.Rule.Opinion;
import io.grace.core.model.BlastRadius;
import io.grace.core.model.Hash;
import io.grace.core.model.Proposal;
import io.grace.core.policy.Limits;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot.Ailment;
import io.grace.core.state.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rules on how much, how often and how far.
final class BudgetRules {
  private BudgetRules() {}

  static Opinion duplicate(Ask ask) {
    return others(ask).stream()
        .filter(r -> r.proposal().key().equals(ask.proposal().key()))
        .findFirst()
        .map(r -> Opinion.denied(r.id() + " already does this"))
        .orElse(Opinion.passed("no other run for " + ask.proposal().key()));
  }

  static Opinion oneRunPerService(Ask ask) {
    return others(ask).stream()
        .filter(r -> touches(r, ask.proposal()))
        .findFirst()
        .map(r -> Opinion.denied(r.id() + " is open on the same service"))
        .orElse(Opinion.passed("no other run touches its targets"));
  }

  static Opinion proposalRate(Ask ask) {
    Instant since = ask.now().minus(Duration.ofHours(1));
    long lately =
        ask.snapshot().proposalsOf(ask.proposal().service()).stream()
            .filter(at -> at.isAfter(since))
            .count();
    int limit = ask.policy().limits().proposalsPerHour();
    String count = lately + " of " + limit + " proposals within the hour";
    return Opinion.require(lately < limit, count, count);
  }

  static Opinion backoff(Ask ask) {
    Track track = ask.snapshot().track(ask.proposal().key());
    Optional<Instant> until =
        track
            .lastFailure()
            .map(at -> at.plus(wait(track, ask.proposal().key(), ask.policy().limits())));
    return until.isPresent() && ask.now().isBefore(until.get())
        ? Opinion.denied(
            "failed " + track.failuresInARow() + " times in a row; not again before " + until.get())
        : Opinion.passed("no backoff");
  }

  /// base · 2ⁿ, at most the maximum, and up to the jitter's share longer. The jitter follows from
  /// the key and the count, so that replay finds the same.
  static Duration wait(Track track, Proposal.Key key, Limits limits) {
    int doublings = Math.min(30, track.failuresInARow() - 1);
    double millis =
        Math.min(
            limits.backoffMax().toMillis(),
            limits.backoffBase().toMillis() * Math.pow(2, doublings));
    byte[] chance = Hash.sha256(key + "#" + track.failuresInARow()).bytes();
    double share = ((chance[0] & 0xff) << 8 | (chance[1] & 0xff)) / 65536.0;
    return Duration.ofMillis((long) (millis * (1 + limits.backoffJitter() * share)));
  }

  /// Counts every run that acted, whether it succeeded or not: five successful restarts a day are
  /// no success.
  static Opinion attemptCap(Ask ask) {
    var ailment = new Ailment(ask.proposal().service(), ask.proposal().diagnosis().kind());
    Limits limits = ask.policy().limits();
    Instant since = ask.now().minus(limits.attemptWindow());
    long tried =
        ask.snapshot().attemptsFor(ailment).stream().filter(at -> at.isAfter(since)).count();
    String count =
        tried + " of " + limits.attempts() + " attempts within " + hours(limits.attemptWindow());
    return Opinion.require(tried < limits.attempts(), count, count + ": a person is called");
  }

  private static String hours(Duration window) {
    return window.toHours() > 0 ? window.toHours() + " h" : window.toSeconds() + " s";
  }

  /// All open runs share one budget, so many small playbooks cannot do what one may not.
  static Opinion blastRadius(Ask ask) {
    BlastRadius all = ask.proposal().blastRadius();
    for (Run run : others(ask)) {
      if (run.phase() != Run.Phase.PROPOSED) {
        all = all.and(run.proposal().blastRadius());
      }
    }
    Limits limits = ask.policy().limits();
    String size =
        String.format(
            Locale.ROOT,
            "%d dependents (%.0f%%), limits %d and %.0f%%",
            all.size(),
            all.percent(),
            limits.blastRadius(),
            limits.blastRadiusPercent());
    return Opinion.require(
        all.size() <= limits.blastRadius() && all.percent() <= limits.blastRadiusPercent(),
        size,
        size);
  }

  private static List<Run> others(Ask ask) {
    return ask.snapshot().runs().values().stream()
        .filter(r -> !ask.run().equals(Optional.of(r.id())))
        .sorted((a, b) -> a.id().compareTo(b.id()))
        .toList();
  }

  private static boolean touches(Run run, Proposal proposal) {
    return run.plan().service().equals(proposal.service())
        || run.plan().targets().stream().anyMatch(proposal.plan().targets()::contains);
  }
}
