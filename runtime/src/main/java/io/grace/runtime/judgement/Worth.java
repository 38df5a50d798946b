package io.grace.runtime.judgement;

import io.grace.core.learn.Experience;
import io.grace.core.learn.Trust;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.policy.Policy;
import io.grace.core.state.Snapshot;
import io.grace.core.state.Snapshot.Ailment;
import io.grace.intelligence.causal.WithoutAction;
import io.grace.intelligence.causal.WithoutAction.Treated;
import io.grace.intelligence.ranking.Uplift;
import io.grace.intelligence.ranking.Uplift.Logged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What choosing by outcomes was worth, and acting at all. *Immutable.*
///
/// @param uplift verified successes a decision above what the static ranking would have had; empty
///   without a decision that was compared with others
/// @param regret chance of success a decision that was given up to learn
/// @param decisions that are counted in both
/// @param effects by service, diagnosis and playbook
public record Worth(
    Optional<Between> uplift, Optional<Between> regret, int decisions, List<Effect> effects) {
  /// @param low and `high` hold 95 % of uplift and regret, 90 % of the rest
  public record Between(double mean, double low, double high) {}

  /// @param runs that acted
  /// @param recoversAnyway how likely it is that such an incident is over after ten minutes if
  ///   nobody acts
  /// @param effect the share that recovered with it less the share that would have without
  /// @param trust empty if nothing has to be earned
  public record Effect(
      Proposal.Key key, int runs, Between recoversAnyway, Between effect, Optional<Trust> trust) {}

  public Worth {
    effects = List.copyOf(effects);
  }

  public static Worth of(Snapshot snapshot, Policy policy, Instant now) {
    List<Logged> log = logged(snapshot.experiences(), policy);
    Optional<Uplift> uplift = log.isEmpty() ? Optional.empty() : Optional.of(Uplift.of(log, 0));
    return new Worth(
        uplift.map(u -> new Between(u.uplift().value(), u.uplift().low(), u.uplift().high())),
        uplift.map(u -> new Between(u.regret().value(), u.regret().low(), u.regret().high())),
        log.size(),
        effects(snapshot, policy, now));
  }

  private static List<Logged> logged(List<Experience> experiences, Policy policy) {
    Map<PlaybookId, Double> priors =
        policy.playbooks().stream().collect(Collectors.toMap(Playbook::id, Playbook::prior));
    var log = new ArrayList<Logged>();
    for (Experience e : experiences) {
      Optional<Experience.Choice> leader =
          e.choice().stream()
              .max(
                  Comparator.comparingDouble(
                          (Experience.Choice c) -> priors.getOrDefault(c.playbook(), 0.0))
                      .thenComparing(c -> c.playbook(), Comparator.reverseOrder()));
      OptionalDouble chosen =
          e.choice().stream()
              .filter(c -> c.playbook().equals(e.key().playbook()))
              .mapToDouble(Experience.Choice::score)
              .findFirst();
      if (leader.isPresent() && chosen.isPresent()) {
        double best = e.choice().stream().mapToDouble(Experience.Choice::score).max().orElse(0);
        boolean isStatic = leader.get().playbook().equals(e.key().playbook());
        log.add(
            new Logged(
                e.helped(),
                e.propensity(),
                isStatic,
                chosen.getAsDouble(),
                leader.get().score(),
                best));
      }
    }
    return log;
  }

  private static List<Effect> effects(Snapshot snapshot, Policy policy, Instant now) {
    var runs = new TreeMap<String, List<Experience>>();
    for (Experience e : snapshot.experiences()) {
      runs.computeIfAbsent(e.key().toString(), _ -> new ArrayList<>()).add(e);
    }
    var experienced = new Experienced(policy, LearnedRanker.settings(policy));
    experienced.absorb(snapshot.experiences());
    var effects = new ArrayList<Effect>();
    for (List<Experience> of : runs.values()) {
      Proposal.Key key = of.getFirst().key();
      var curve =
          Recovery.curve(
              snapshot
                  .alone()
                  .getOrDefault(new Ailment(key.service(), key.diagnosis()), List.of()));
      List<Treated> treated =
          of.stream().map(e -> new Treated(0, e.took().toMillis(), e.helped())).toList();
      effects.add(
          new Effect(
              key,
              of.size(),
              between(curve.recoversBetween(0, Experienced.WHILE.toMillis())),
              between(WithoutAction.meanEffect(curve, treated)),
              policy
                  .learning()
                  .trust()
                  .map(wanted ->
                      new Trust(
                          snapshot.belief(key).streak(),
                          atLeast(key, experienced, snapshot, policy, now),
                          wanted))));
    }
    return effects;
  }

  /// By the belief that the gate reads in a proposal.
  private static double atLeast(
      Proposal.Key key, Experienced experienced, Snapshot snapshot, Policy policy, Instant now) {
    return policy.playbooks().stream()
        .filter(p -> policy.learning().isOn() && p.id().equals(key.playbook()))
        .findFirst()
        .map(p -> experienced.atLeast(key, p, snapshot.alone(), now))
        .orElseGet(() -> Trust.atLeast(snapshot.belief(key).all()));
  }

  private static Between between(io.grace.intelligence.causal.RecoveryCurve.Estimate e) {
    return new Between(e.mean(), e.low(), e.high());
  }
}
