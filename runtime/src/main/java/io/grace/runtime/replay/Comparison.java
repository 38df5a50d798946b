package io.grace.runtime.replay;

import io.grace.core.model.PlaybookId;
import io.grace.intelligence.ope.OffPolicy;
import io.grace.intelligence.ope.OffPolicy.Estimate;
import io.grace.runtime.replay.Replay.Case;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// How two policies differ on recorded incidents, and what the new one would have earned.
/// *Immutable.*
///
/// @param changes by what changed: how often, and for which incidents first
/// @param evaluation empty if no recorded decision has a known outcome
public record Comparison(
    int incidents,
    int same,
    int newlyActing,
    int noLongerActing,
    int otherPlaybook,
    int otherApproval,
    List<Change> changes,
    Optional<OffPolicy.Evaluation> evaluation) {
  /// @param examples the first incidents of it
  public record Change(
      String diagnosis, String before, String after, int count, List<String> examples) {}

  /// Below, an estimate says more about chance than about the policy.
  private static final double LEAST_EFFECTIVE = 30;

  private static final int EXAMPLES = 3;
  private static final long SEED = 1;

  /// The doing of nothing, as an arm.
  private static final PlaybookId NOTHING = new PlaybookId("nothing");

  public static Comparison of(List<Case> cases) {
    var changes = new TreeMap<String, List<Case>>();
    int same = 0;
    int newly = 0;
    int noLonger = 0;
    int playbook = 0;
    int approval = 0;
    for (Case c : cases) {
      Decided before = c.before();
      Decided after = c.after();
      boolean does = before.kind().doesSomething();
      boolean would = after.kind().doesSomething();
      if (before.brief().equals(after.brief())) {
        same++;
        continue;
      }
      if (!does && would) {
        newly++;
      } else if (does && !would) {
        noLonger++;
      } else if (!before.playbook().equals(after.playbook())) {
        playbook++;
      } else if (before.kind() != after.kind()) {
        approval++;
      }
      String key =
          c.diagnosis().map(Object::toString).orElse("-")
              + "\t"
              + before.brief()
              + "\t"
              + after.brief();
      changes.computeIfAbsent(key, _ -> new ArrayList<>()).add(c);
    }
    return new Comparison(
        cases.size(),
        same,
        newly,
        noLonger,
        playbook,
        approval,
        changes.entrySet().stream()
            .map(e -> change(e.getKey().split("\t", -1), e.getValue()))
            .sorted((a, b) -> Integer.compare(b.count(), a.count()))
            .toList(),
        evaluate(cases));
  }

  private static Change change(String[] key, List<Case> cases) {
    return new Change(
        key[0],
        key[1],
        key[2],
        cases.size(),
        cases.stream().limit(EXAMPLES).map(c -> c.incident().value()).toList());
  }

  // ---- what the new policy would have earned

  private record Arm(String diagnosis, PlaybookId playbook) {}

  private static final class Outcomes {
    private int tried;
    private int helped;

    /// With one imagined success and one failure, and without the outcome that is judged by it.
    double chance(Optional<Boolean> without) {
      int n = tried - (without.isPresent() ? 1 : 0);
      int k = helped - (without.orElse(false) ? 1 : 0);
      return (k + 1.0) / (n + 2.0);
    }
  }

  private static Optional<OffPolicy.Evaluation> evaluate(List<Case> cases) {
    List<Case> known = cases.stream().filter(c -> c.helped().isPresent()).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Map<Arm, Outcomes> outcomes = new HashMap<>();
    for (Case c : known) {
      var of = outcomes.computeIfAbsent(arm(c, tried(c)), _ -> new Outcomes());
      of.tried++;
      of.helped += c.helped().orElseThrow() ? 1 : 0;
    }
    int n = known.size();
    var weights = new double[n];
    var rewards = new double[n];
    var model = new double[n];
    var direct = new double[n];
    for (int i = 0; i < n; i++) {
      Case c = known.get(i);
      PlaybookId logged = tried(c);
      Map<PlaybookId, Double> target = propensities(c.after());
      double propensity = propensities(c.recorded()).getOrDefault(logged, 1.0);
      weights[i] = target.getOrDefault(logged, 0.0) / (propensity > 0 ? propensity : 1);
      rewards[i] = c.helped().orElseThrow() ? 1 : 0;
      model[i] = chance(outcomes, c, logged, c.helped());
      for (Map.Entry<PlaybookId, Double> choice : target.entrySet()) {
        boolean isLogged = choice.getKey().equals(logged);
        direct[i] +=
            choice.getValue()
                * chance(outcomes, c, choice.getKey(), isLogged ? c.helped() : Optional.empty());
      }
    }
    return Optional.of(OffPolicy.evaluate(weights, rewards, model, direct, SEED));
  }

  private static double chance(
      Map<Arm, Outcomes> outcomes, Case c, PlaybookId playbook, Optional<Boolean> without) {
    var of = outcomes.get(arm(c, playbook));
    return of == null ? 0.5 : of.chance(without);
  }

  private static Arm arm(Case c, PlaybookId playbook) {
    return new Arm(c.diagnosis().map(Object::toString).orElse("-"), playbook);
  }

  private static PlaybookId tried(Case c) {
    return c.tried().orElse(NOTHING);
  }

  /// What is asked counts as approved.
  private static Map<PlaybookId, Double> propensities(Decided decided) {
    if (!decided.kind().doesSomething()) {
      return Map.of(NOTHING, 1.0);
    }
    return decided.propensities().isEmpty()
        ? decided.playbook().map(p -> Map.of(p, 1.0)).orElse(Map.of(NOTHING, 1.0))
        : decided.propensities();
  }

  /// Whether the estimate rests on too few decisions.
  public boolean isThin() {
    return evaluation
        .map(e -> e.effective() < Math.max(LEAST_EFFECTIVE, 0.1 * e.decisions()))
        .orElse(true);
  }

  /// In percent of all incidents, 0–100.
  public double changedPercent() {
    return incidents == 0 ? 0 : 100.0 * (incidents - same) / incidents;
  }

  /// At most 80 columns each.
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%d incidents: %d decided the same, %d otherwise (%.1f%%)",
            incidents,
            same,
            incidents - same,
            changedPercent()));
    line(lines, newlyActing, "would act where the old one does not");
    line(lines, noLongerActing, "would no longer act");
    line(lines, otherPlaybook, "would use another playbook");
    line(lines, otherApproval, "would need another approval");
    if (!changes.isEmpty()) {
      lines.add("");
      lines.add("what changes most");
    }
    for (Change change : changes.subList(0, Math.min(20, changes.size()))) {
      lines.add(String.format(Locale.ROOT, "  %6d  %s", change.count(), change.diagnosis()));
      lines.add("          " + change.before() + " -> " + change.after());
      lines.add("          such as " + String.join(", ", change.examples()));
    }
    lines.add("");
    if (evaluation.isEmpty()) {
      lines.add("success cannot be estimated: no recorded outcome is known");
      return lines;
    }
    var e = evaluation.get();
    lines.add("estimated success of the first decision, with 95% intervals");
    estimate(lines, "recorded", e.logged());
    estimate(lines, "new, IPS", e.ips());
    estimate(lines, "new, SNIPS", e.snips());
    estimate(lines, "new, doubly robust", e.doublyRobust());
    lines.add(
        String.format(
            Locale.ROOT,
            "  of %d decisions with a known outcome, worth %.0f",
            e.decisions(),
            e.effective()));
    if (isThin()) {
      lines.add("  WARNING: the new policy decides so differently that the record says");
      lines.add("  little about it; do not rely on these figures");
    }
    return lines;
  }

  private static void line(List<String> lines, int count, String what) {
    if (count > 0) {
      lines.add(String.format(Locale.ROOT, "  %6d  %s", count, what));
    }
  }

  private static void estimate(List<String> lines, String name, Estimate e) {
    lines.add(
        String.format(
            Locale.ROOT, "  %-20s %.3f  [%.3f, %.3f]", name, e.value(), e.low(), e.high()));
  }
}
