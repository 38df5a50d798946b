package io.grace.intelligence.ranking;

import io.grace.intelligence.ope.OffPolicy.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// What ranking by outcomes was worth, from a log of decisions with propensities. *Immutable.*
///
/// @param uplift mean reward above what the static ranking would have earned: doubly robust (Dudík,
///   Langford & Li, *Doubly Robust Policy Evaluation and Learning*, ICML 2011, eq. 3)
/// @param regret mean chance of success that was given up by not choosing the candidate believed
///   best at the time
/// @param decisions whose outcome is known
public record Uplift(Estimate uplift, Estimate regret, int decisions) {
  private static final int RESAMPLES = 1_000;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  /// A decision whose outcome is known.
  ///
  /// @param isSuccess what came of it
  /// @param propensity of what was chosen, in (0, 1]
  /// @param isStatic whether that is the leader of the static ranking
  /// @param chosen believed chance of what was chosen
  /// @param leader believed chance of the static leader
  /// @param best the highest believed chance of all that might have been chosen
  public record Logged(
      boolean isSuccess,
      double propensity,
      boolean isStatic,
      double chosen,
      double leader,
      double best) {
    public Logged {
      if (!(propensity > 0 && propensity <= 1)) {
        throw new IllegalArgumentException("propensity must be in (0, 1]: " + propensity);
      }
      Situation.share("chosen", chosen);
      Situation.share("leader", leader);
      Situation.share("best", best);
    }
  }

  /// Intervals of 95 % are percentiles of a bootstrap over decisions, the same resamples for what
  /// was earned and what would have been.
  ///
  /// @param log at least one decision
  public static Uplift of(List<Logged> log, long seed) {
    if (log.isEmpty()) {
      throw new IllegalArgumentException("log must hold at least one decision");
    }
    double[] uplift = log.stream().mapToDouble(Uplift::gained).toArray();
    double[] regret = log.stream().mapToDouble(l -> Math.max(0, l.best() - l.chosen())).toArray();
    return new Uplift(estimate(uplift, seed), estimate(regret, seed), log.size());
  }

  private static double gained(Logged l) {
    double reward = l.isSuccess() ? 1 : 0;
    double corrected = l.isStatic() ? (reward - l.leader()) / l.propensity() : 0;
    return reward - l.leader() - corrected;
  }

  private static Estimate estimate(double[] values, long seed) {
    var random = new SplittableRandom(seed);
    var means = new double[RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        sum += values[random.nextInt(values.length)];
      }
      means[b] = sum / values.length;
    }
    Arrays.sort(means);
    return new Estimate(
        Arrays.stream(values).average().orElseThrow(),
        means[(int) Math.floor(LOW * (RESAMPLES - 1))],
        means[(int) Math.ceil(HIGH * (RESAMPLES - 1))]);
  }
}
