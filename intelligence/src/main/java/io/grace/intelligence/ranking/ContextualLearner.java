package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.SplittableRandom;

/// A contextual bandit for a fixed number of arms and rewards in whatever unit: one Bayesian linear
/// regression an arm, see [LinearPosterior], under a prior learnt from all of them, see
/// [InputScale], chosen from as [Rule] says. *Owned by one thread.* Deterministic by its seed.
///
/// A choice costs O(arms · d²), a reward O(d²); the prior is made anew at every doubling of the
/// rewards, at O(arms · d³).
public final class ContextualLearner {
  /// How arms are chosen from the beliefs about them.
  public enum Rule {
    /// Each with its probability of being the best.
    THOMPSON,
    /// Such that regret is paid only for knowledge that can change a choice.
    INFORMED
  }

  private static final int KIND = 0x4752_434c;
  private static final int VERSION = 1;

  /// An arm × input matrix of more than this is a mistake; 64 MB of sums an arm.
  private static final int MOST_INPUTS = 2_000;

  private static final int MOST_ARMS = 1_000;

  /// The step of SplittableRandom.
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final int inputs;
  private final Rule rule;
  private final LinearPosterior[] arms;
  private final InputScale scale;
  private final long seed;
  // What was seen of all arms; owned by the owner of this.
  private double rewards;
  private double mean;
  private double squares;

  /// @param arm the chosen one
  /// @param propensities one an arm, with which it was chosen; their sum is 1
  public record Choice(int arm, double[] propensities) {}

  /// @param inputs of a context, in any units; the constant one is added here
  public ContextualLearner(int inputs, int arms, Rule rule, long seed) {
    if (inputs < 1 || inputs > MOST_INPUTS || arms < 2 || arms > MOST_ARMS) {
      throw new IllegalArgumentException(
          "inputs must be in 1 … %d and arms in 2 … %d: %d, %d"
              .formatted(MOST_INPUTS, MOST_ARMS, inputs, arms));
    }
    this.inputs = inputs;
    this.rule = rule;
    this.seed = seed;
    this.scale = new InputScale(inputs + 1);
    this.arms = new LinearPosterior[arms];
    for (int i = 0; i < arms; i++) {
      this.arms[i] = new LinearPosterior(inputs + 1);
    }
  }

  /// Chooses an arm for a context.
  public Choice choose(double[] context) {
    double[] x = withConstant(context);
    scale.add(x);
    if (isPowerOfTwo((long) scale.rows())) {
      renew();
    }
    double variance = rewards < 2 || squares == 0 ? 1 : squares / rewards;
    var means = new double[arms.length];
    var deviations = new double[arms.length];
    for (int i = 0; i < arms.length; i++) {
      // Signal and noise are expected to have equal parts in what varies.
      var belief = arms[i].at(x, variance / 2);
      means[i] = belief.mean();
      deviations[i] = belief.deviation();
    }
    double[] propensities =
        switch (rule) {
          case THOMPSON -> Choosing.thompson(means, deviations);
          case INFORMED -> Choosing.informed(means, deviations);
        };
    return new Choice(draw(propensities), propensities);
  }

  /// Takes the reward of an arm in a context; late or never, and in any order.
  public void learn(double[] context, int arm, double reward) {
    if (arm < 0 || arm >= arms.length || !Double.isFinite(reward)) {
      throw new IllegalArgumentException(
          "arm must be in 0 … %d and its reward finite: %d, %s"
              .formatted(arms.length - 1, arm, reward));
    }
    arms[arm].add(withConstant(context), reward);
    rewards++;
    double off = reward - mean;
    mean += off / rewards;
    squares += off * (reward - mean);
  }

  private void renew() {
    double[] precision = scale.precision();
    for (LinearPosterior arm : arms) {
      arm.believe(precision, mean);
    }
  }

  private int draw(double[] propensities) {
    // The stream of one generator, of which only the place is kept.
    double u = new SplittableRandom(seed + (long) scale.rows() * GOLDEN).nextDouble();
    for (int i = 0; i < propensities.length; i++) {
      u -= propensities[i];
      if (u < 0) {
        return i;
      }
    }
    int last = propensities.length - 1;
    while (propensities[last] <= 0) {
      last--;
    }
    return last;
  }

  private double[] withConstant(double[] context) {
    if (context.length != inputs) {
      throw new IllegalArgumentException(
          "context must have " + inputs + " inputs: " + context.length);
    }
    var x = new double[inputs + 1];
    x[0] = 1;
    for (int i = 0; i < inputs; i++) {
      if (!Double.isFinite(context[i])) {
        throw new IllegalArgumentException("input " + i + " must be finite: " + context[i]);
      }
      x[i + 1] = context[i];
    }
    return x;
  }

  /// The state, to go on elsewhere.
  public byte[] bytes() {
    var to = new Packing(KIND, VERSION);
    to.integer(inputs);
    to.integer(arms.length);
    to.integer(rule.ordinal());
    to.wide(seed);
    to.number(rewards);
    to.number(mean);
    to.number(squares);
    scale.write(to);
    for (LinearPosterior arm : arms) {
      arm.write(to);
    }
    return to.sealed();
  }

  /// @throws IllegalArgumentException if they are not what [#bytes] gave
  public static ContextualLearner of(byte[] bytes) {
    var from = new Unpacking(bytes, KIND, VERSION);
    int inputs = from.integer();
    int arms = from.integer();
    int rule = from.integer();
    if (rule < 0 || rule >= Rule.values().length) {
      throw new IllegalArgumentException("rule must be 0 or 1: " + rule);
    }
    var learner = new ContextualLearner(inputs, arms, Rule.values()[rule], from.wide());
    learner.rewards = LinearPosterior.finite(from.number());
    learner.mean = LinearPosterior.finite(from.number());
    learner.squares = LinearPosterior.finite(from.number());
    learner.scale.read(from);
    for (LinearPosterior arm : learner.arms) {
      arm.read(from);
    }
    from.end();
    return learner;
  }

  private static boolean isPowerOfTwo(long n) {
    return (n & (n - 1)) == 0;
  }
}
