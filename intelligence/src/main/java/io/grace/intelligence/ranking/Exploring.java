package io.grace.intelligence.ranking;

import java.util.Arrays;

/// From beliefs about candidates to propensities: which may be explored, how, and at what risk.
/// *Stateless.*
///
/// - Only the static leader, what is expected to harm no more often than it, and what is expected
///   to harm no more often than is borne may be chosen.
/// - Among those, [Choosing#informed]; if what that risks is not covered by what may be risked, the
///   best one by expectation (conservative exploration: Wu et al., *Conservative Bandits*, ICML
///   2016, § 3, with expected in place of certain losses).
/// - Each of those keeps a floor.
final class Exploring {
  private Exploring() {}

  /// @param propensities one a candidate; their sum is 1
  /// @param isSafe whether it may be chosen
  /// @param risked what the leader was expected to earn more, 0 or more
  record Chosen(double[] propensities, boolean[] isSafe, double risked) {}

  /// @param worth expected worth of each
  /// @param harm expected chance of each
  /// @param leader place of the static leader
  /// @param mostHarm that is borne, whatever the leader's is
  /// @param budget what may be risked
  static Chosen choose(
      double[] worth,
      double[] deviation,
      double[] harm,
      int leader,
      double mostHarm,
      double budget,
      double floor) {
    var isSafe = new boolean[worth.length];
    var safe = new int[worth.length];
    int count = 0;
    for (int i = 0; i < worth.length; i++) {
      isSafe[i] = i == leader || harm[i] <= Math.max(harm[leader], mostHarm);
      if (isSafe[i]) {
        safe[count++] = i;
      }
    }
    safe = Arrays.copyOf(safe, count);
    double[] means = Arrays.stream(safe).mapToDouble(i -> worth[i]).toArray();
    double[] deviations = Arrays.stream(safe).mapToDouble(i -> deviation[i]).toArray();
    double[] chosen = Choosing.informed(means, deviations);
    double risked = risked(chosen, means, worth[leader]);
    if (risked > budget) {
      chosen = best(means);
      risked = 0;
    }
    var propensities = new double[worth.length];
    for (int s = 0; s < count; s++) {
      propensities[safe[s]] = floor + (1 - floor * count) * chosen[s];
    }
    return new Chosen(propensities, isSafe, risked);
  }

  private static double risked(double[] chosen, double[] means, double leader) {
    double sum = 0;
    for (int s = 0; s < chosen.length; s++) {
      sum += chosen[s] * Math.max(0, leader - means[s]);
    }
    return sum;
  }

  private static double[] best(double[] means) {
    int best = 0;
    for (int s = 1; s < means.length; s++) {
      best = means[s] > means[best] ? s : best;
    }
    var chosen = new double[means.length];
    chosen[best] = 1;
    return chosen;
  }
}
