package io.grace.runtime.judgement;

import io.grace.core.learn.Experience;
import io.grace.core.model.Candidate.Between;
import io.grace.core.model.PlaybookId;
import io.grace.core.plan.Ranker;
import io.grace.core.policy.Policy;
import io.grace.intelligence.ranking.Candidate;
import io.grace.intelligence.ranking.Decision;
import io.grace.intelligence.ranking.RankerSettings;
import io.grace.intelligence.ranking.Situation;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Chooses by all that was learnt of like services, diagnoses and circumstances, and says how sure
/// that is. *Owned by one thread.*
///
/// What it knows follows from the snapshot alone, so a journal that is decided again comes to the
/// same. Where learning is off, what is expected beforehand decides.
public final class LearnedRanker implements Ranker {
  /// Playbooks that are compared.
  static final int MOST = 20;

  private final Policy policy;
  private final RankerSettings settings;
  private Experienced experienced;

  public LearnedRanker(Policy policy) {
    this.policy = policy;
    this.settings = settings(policy);
    this.experienced = new Experienced(policy, settings);
  }

  static RankerSettings settings(Policy policy) {
    var standard = RankerSettings.DEFAULT;
    double exploration = policy.learning().exploration();
    return new RankerSettings(
        exploration,
        0,
        standard.harmCost(),
        standard.mostHarm(),
        standard.cautious(),
        exploration > 0 ? standard.exploring() : 0,
        standard.mostMembers(),
        standard.mostPending());
  }

  @Override
  public List<Ranked> rank(Question question) {
    if (!policy.learning().isOn() || question.contenders().size() > MOST) {
      return AS_EXPECTED.rank(question);
    }
    List<Experience> all = question.snapshot().experiences();
    if (!experienced.absorb(all)) {
      experienced = new Experienced(policy, settings);
      experienced.absorb(all);
    }
    List<Candidate> candidates =
        question.contenders().stream().map(c -> Experienced.candidate(c.playbook())).toList();
    Situation situation =
        experienced.situation(
            question.diagnosis().service(),
            question.diagnosis().kind(),
            question.now(),
            question.circumstances().load(),
            question.contenders().getFirst().blastRadius());
    double chance = (question.seed() >>> 11) * 0x1p-53;
    Decision decision =
        experienced
            .forQuestion(question.diagnosis().kind(), question.snapshot().alone(), question.now())
            .weigh(situation, candidates, false, Experienced.seconds(question.now()), chance);
    return policy.learning().exploration() > 0
        ? drawn(decision)
        : best(decision.ranking().stream().map(LearnedRanker::ranked).toList());
  }

  private static List<Ranked> drawn(Decision decision) {
    String first = decision.chosen().orElseThrow();
    return decision.ranking().stream()
        .map(LearnedRanker::ranked)
        .sorted(Comparator.comparing(r -> !r.playbook().value().equals(first)))
        .toList();
  }

  /// Where nothing is left to chance, the best is chosen for certain.
  private static List<Ranked> best(List<Ranked> ranking) {
    Ranked first = ranking.getFirst();
    return ranking.stream()
        .map(r -> new Ranked(r.playbook(), r.score(), r.between(), r == first ? 1 : 0, r.reason()))
        .toList();
  }

  private static Ranked ranked(io.grace.intelligence.ranking.Ranked r) {
    return new Ranked(
        new PlaybookId(r.playbook()),
        r.success().chance(),
        Optional.of(new Between(r.success().low(), r.success().high())),
        r.propensity(),
        r.reason());
  }
}
