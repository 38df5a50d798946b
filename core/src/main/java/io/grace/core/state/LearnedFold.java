package io.grace.core.state;

import io.grace.core.event.Event.Recovery;
import io.grace.core.learn.Alone;
import io.grace.core.learn.Belief;
import io.grace.core.learn.Experience;
import io.grace.core.learn.Precedent;
import io.grace.core.model.Candidate;
import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.IncidentId;
import io.grace.core.model.Proposal;
import io.grace.core.state.Run.Aftermath;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Snapshot.Ailment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The part of a [Fold] that is about what outcomes teach. Owned by it.
final class LearnedFold {
  /// What is learned from; at 200 B each they are a saved state of 400 KB.
  static final int EXPERIENCES = 2_000;

  private static final int MOST_CHOICES = 8;

  /// How long incidents of one kind were left alone.
  static final int ALONE = 64;

  /// For the meta cycle's view of the last hour.
  static final int RECENT_OUTCOMES = 100;

  /// What causes are learned from; at 200 B each, a few suffering, a saved state of 100 KB.
  static final int PRECEDENTS = 500;

  private final Cow<Proposal.Key, Belief> beliefs;
  private final Cow<Ailment, Integer> selfRecoveries;
  private final Cow<Ailment, List<Alone>> alone;
  private final Cow<IncidentId, Precedent> precedents;

  LearnedFold(Snapshot from) {
    beliefs = new Cow<>(from.beliefs());
    selfRecoveries = new Cow<>(from.selfRecoveries());
    alone = new Cow<>(from.alone());
    precedents = new Cow<>(from.precedents());
  }

  Map<Proposal.Key, Belief> beliefs() {
    return beliefs.view();
  }

  Map<Ailment, Integer> selfRecoveries() {
    return selfRecoveries.view();
  }

  Map<Ailment, List<Alone>> alone() {
    return alone.view();
  }

  Map<IncidentId, Precedent> precedents() {
    return precedents.view();
  }

  /// An incident is over, and may tell what had caused it.
  ///
  /// @param all incidents that are known, it among them
  void over(Incident incident, Recovery recovery, Instant at, Collection<Incident> all) {
    Explaining.precedent(incident, recovery, at, all)
        .ifPresent(precedent -> precedents.put(incident.id(), precedent));
    if (precedents.size() > PRECEDENTS) {
      precedents.values().stream()
          .min(Comparator.comparing(Precedent::ended).thenComparing(Precedent::incident))
          .ifPresent(oldest -> precedents.remove(oldest.incident()));
    }
  }

  /// It was not over after all, so what healed it did not.
  void reopened(IncidentId incident) {
    precedents.remove(incident);
  }

  /// An incident was over though nobody had done anything.
  void recovered(Incident incident, DiagnosisKind kind, Instant at) {
    leftAlone(incident, kind, at, true);
    var ailment = new Ailment(incident.service(), kind);
    selfRecoveries.put(ailment, selfRecoveries.getOrDefault(ailment, 0) + 1);
  }

  /// Somebody acted on an incident for the first time.
  void actedOn(Incident incident, DiagnosisKind kind, Instant at) {
    leftAlone(incident, kind, at, false);
  }

  private void leftAlone(Incident incident, DiagnosisKind kind, Instant until, boolean recovered) {
    var ailment = new Ailment(incident.service(), kind);
    var time = Duration.between(incident.began(), until);
    alone.put(
        ailment,
        Track.remember(alone.getOrDefault(ailment, List.of()), new Alone(time, recovered), ALONE));
  }

  /// @param run one that acted
  /// @return what it taught
  Experience ended(Done run) {
    Proposal proposal = run.proposal();
    boolean success = run.outcome() == Outcome.SUCCEEDED;
    Duration took = Duration.between(run.facts().proposedAt(), run.since());
    beliefs.put(
        proposal.key(),
        beliefs.getOrDefault(proposal.key(), Belief.NONE).with(success, took, run.since()));
    return new Experience(
        proposal.key(),
        proposal.circumstances(),
        proposal.blastRadius().size(),
        proposal.chosen().map(Candidate::propensity).orElse(1.0),
        choice(proposal),
        success,
        run.aftermath() == Aftermath.UNSURE || run.outcome() == Outcome.ABORTED,
        run.facts().proposedAt(),
        took);
  }

  /// What was ruled out was no choice.
  private static List<Experience.Choice> choice(Proposal proposal) {
    return proposal.candidates().stream()
        .filter(Candidate::wasAllowed)
        .limit(MOST_CHOICES)
        .map(c -> new Experience.Choice(c.playbook(), c.score()))
        .toList();
  }
}
