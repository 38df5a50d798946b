package io.grace.core.plan;

import io.grace.core.learn.Belief;
import io.grace.core.model.Check;
import io.grace.core.model.Check.Comparison;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Metric.Direction;
import io.grace.core.model.Occasion;
import io.grace.core.model.Plan;
import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import io.grace.core.model.Symptom;
import io.grace.core.model.Topology;
import io.grace.core.policy.Policy;
import io.grace.core.policy.ServicePolicy;
import io.grace.core.state.Snapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Ranks the playbooks that treat a diagnosis by their expected chance of success: what was learned
/// here, on top of the playbook's prior.
public final class Planner {
  private Planner() {}

  /// A playbook considered.
  ///
  /// @param plan empty if it cannot be made definite for the service, and `obstacle` says why
  public record Option(
      Playbook definition, double score, String reason, Optional<Plan> plan, String obstacle) {
    public PlaybookId playbook() {
      return definition.id();
    }
  }

  /// The playbooks that treat the diagnosis, best first.
  ///
  /// @param ruledOut those that are not to be used, with the reason
  /// @param topology for playbooks that go over neighbours
  public static List<Option> rank(
      Diagnosis diagnosis,
      Map<PlaybookId, String> ruledOut,
      Policy policy,
      Snapshot snapshot,
      Topology topology) {
    return policy.playbooks().stream()
        .filter(p -> p.treats().contains(diagnosis.kind()))
        .map(p -> option(p, diagnosis, ruledOut, policy, snapshot, topology))
        .sorted(
            Comparator.comparingDouble(Option::score).reversed().thenComparing(Option::playbook))
        .toList();
  }

  /// What is only foreseen is not healed because all is well now, which it was before: it must not
  /// be foreseen any more.
  private static Plan averting(Plan plan, Diagnosis diagnosis, Policy policy) {
    var claims =
        diagnosis.evidence().stream()
            .filter(Symptom::isForeseen)
            .flatMap(s -> Optional.ofNullable(policy.metrics().get(s.metric())).stream())
            .map(m ->
                new Check(
                    Optional.of(plan.service()),
                    m.id(),
                    m.direction() == Direction.HIGHER_IS_WORSE
                        ? Comparison.LESS
                        : Comparison.GREATER,
                    m.degraded()))
            .toList();
    return claims.isEmpty() ? plan : plan.with(plan.verification().and(claims));
  }

  /// One playbook, whether it treats the diagnosis or not: for a person who asks for it by name.
  public static Option option(
      Playbook playbook,
      Diagnosis diagnosis,
      Map<PlaybookId, String> ruledOut,
      Policy policy,
      Snapshot snapshot,
      Topology topology) {
    var key = new Proposal.Key(diagnosis.service(), diagnosis.kind(), playbook.id());
    Belief belief = policy.learning().isOn() ? snapshot.belief(key) : Belief.NONE;
    double score = belief.chance(playbook.prior());
    String reason =
        String.format(
            Locale.ROOT,
            "expected %.2f from prior %.2f, %d succeeded and %d not",
            score,
            playbook.prior(),
            belief.all().succeeded(),
            belief.all().failed());
    String obstacle = ruledOut.get(playbook.id());
    if (obstacle != null) {
      return new Option(playbook, score, reason, Optional.empty(), obstacle);
    }
    try {
      var settings =
          policy
              .service(diagnosis.service())
              .map((ServicePolicy s) -> s.settings(playbook.id()))
              .orElse(Map.of());
      Plan plan =
          Plans.of(
              playbook,
              diagnosis.service(),
              settings,
              new Occasion(Optional.of(diagnosis), topology));
      return new Option(
          playbook, score, reason, Optional.of(averting(plan, diagnosis, policy)), "");
    } catch (IllegalArgumentException e) {
      return new Option(playbook, score, reason, Optional.empty(), String.valueOf(e.getMessage()));
    }
  }
}
