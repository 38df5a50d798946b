package io.grace.intelligence.ope;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Off-policy evaluation of a contextual bandit: the mean reward that a target policy would have
/// earned, from decisions of a logging policy whose propensities are known.
///
/// - IPS, inverse propensity scoring: mean of w·r (Horvitz & Thompson 1952). Unbiased, but one rare
///   decision can rule it.
/// - SNIPS, self-normalised: Σ w·r / Σ w (Swaminathan & Joachims 2015). A little biased, far
///   calmer.
/// - DR, doubly robust: mean of direct + w·(r − q) (Dudík, Langford & Li 2011). Right if either the
///   propensities or the model is.
///
/// Intervals are percentiles of a bootstrap over decisions (Efron 1979), seeded, so that the same
/// input gives the same bytes. Deterministic; *thread-safe*.
public final class OffPolicy {
  private static final int RESAMPLES = 1_000;
  private static final double LOW = 0.025;
  private static final double HIGH = 0.975;

  private OffPolicy() {}

  /// @param low and high bound of the 95 % interval
  public record Estimate(double value, double low, double high) {}

  /// @param logged what the logging policy really earned
  /// @param effective Kish's effective sample size, (Σ w)² / Σ w²: of how many decisions the
  ///   estimate really is; 0 if the target never decides as the log did
  /// @param decisions how many there are
  public record Evaluation(
      Estimate logged,
      Estimate ips,
      Estimate snips,
      Estimate doublyRobust,
      double effective,
      int decisions) {}

  /// @param weights target's propensity over the log's for each logged decision, 0 and more
  /// @param rewards in [0, 1]
  /// @param model expected reward of the logged decision, in [0, 1]
  /// @param direct expected reward of the target's decision, in [0, 1]
  /// @throws IllegalArgumentException if the arrays differ in length or are empty
  public static Evaluation evaluate(
      double[] weights, double[] rewards, double[] model, double[] direct, long seed) {
    int n = weights.length;
    if (n == 0 || rewards.length != n || model.length != n || direct.length != n) {
      throw new IllegalArgumentException("wanted arrays of one length, at least 1");
    }
    var ips = new double[n];
    var robust = new double[n];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      ips[i] = weights[i] * rewards[i];
      robust[i] = direct[i] + weights[i] * (rewards[i] - model[i]);
      sum += weights[i];
      squares += weights[i] * weights[i];
    }
    var random = new SplittableRandom(seed);
    var samples = new double[4][RESAMPLES];
    for (int b = 0; b < RESAMPLES; b++) {
      double logged = 0;
      double weighted = 0;
      double weight = 0;
      double both = 0;
      for (int i = 0; i < n; i++) {
        int drawn = random.nextInt(n);
        logged += rewards[drawn];
        weighted += ips[drawn];
        weight += weights[drawn];
        both += robust[drawn];
      }
      samples[0][b] = logged / n;
      samples[1][b] = weighted / n;
      samples[2][b] = weight == 0 ? 0 : weighted / weight;
      samples[3][b] = both / n;
    }
    return new Evaluation(
        estimate(mean(rewards), samples[0]),
        estimate(mean(ips), samples[1]),
        estimate(sum == 0 ? 0 : Arrays.stream(ips).sum() / sum, samples[2]),
        estimate(mean(robust), samples[3]),
        squares == 0 ? 0 : sum * sum / squares,
        n);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).sum() / values.length;
  }

  private static Estimate estimate(double value, double[] resampled) {
    Arrays.sort(resampled);
    return new Estimate(
        value,
        resampled[(int) Math.floor(LOW * (resampled.length - 1))],
        resampled[(int) Math.ceil(HIGH * (resampled.length - 1))]);
  }
}
