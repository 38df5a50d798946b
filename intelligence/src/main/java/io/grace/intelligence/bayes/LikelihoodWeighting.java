package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Answer.Cost;
import io.grace.intelligence.bayes.Network.Node;
import java.util.Arrays;
import java.util.SplittableRandom;

/// Estimates by drawing what was not observed, parents first, and weighting each sample with how
/// likely it makes what was (Fung & Chang, *Weighing and integrating evidence for stochastic
/// simulation in Bayesian networks*, 1990). Its standard error is that of a ratio of means (Owen,
/// *Monte Carlo theory, methods and examples*, 2013, section 9.2).
final class LikelihoodWeighting {
  private LikelihoodWeighting() {}

  /// @param relevant which nodes are drawn or weighed: with each its parents
  /// @param refused what an exact answer would have cost
  static Answer posterior(
      Network network,
      boolean[] relevant,
      int target,
      Evidence evidence,
      int samples,
      long seed,
      Cost refused) {
    int[] order = Arrays.stream(network.order()).filter(i -> relevant[i]).toArray();
    var random = new SplittableRandom(seed);
    int[] drawn = new int[samples];
    double[] logWeights = new double[samples];
    int[] states = evidence.states();
    double top = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < samples; n++) {
      double logWeight = 0;
      for (int i : order) {
        Node node = network.node(i);
        int row = row(network, node, states);
        if (evidence.sees(i)) {
          logWeight += Math.log(node.cells()[row + states[i]]);
        } else {
          states[i] = drawn(node.cells(), row, node.size(), random.nextDouble());
        }
      }
      drawn[n] = states[target];
      logWeights[n] = logWeight;
      top = Math.max(top, logWeight);
    }
    if (top == Double.NEGATIVE_INFINITY) {
      return new Answer.Undecided(samples, refused);
    }
    return weighed(drawn, logWeights, top, network.node(target).size(), refused);
  }

  private static Answer weighed(
      int[] drawn, double[] logWeights, double top, int size, Cost refused) {
    double[] sums = new double[size];
    double[] squares = new double[size];
    for (int n = 0; n < drawn.length; n++) {
      double weight = Math.exp(logWeights[n] - top);
      sums[drawn[n]] += weight;
      squares[drawn[n]] += weight * weight;
    }
    double all = Arrays.stream(sums).sum();
    double allSquares = Arrays.stream(squares).sum();
    double[] posterior = new double[size];
    double[] errors = new double[size];
    for (int i = 0; i < size; i++) {
      double p = sums[i] / all;
      posterior[i] = p;
      double error = Math.sqrt(squares[i] * (1 - p) * (1 - p) + (allSquares - squares[i]) * p * p);
      // What was never drawn, or always, is not certain: it is rarer than one in so many.
      errors[i] = Math.max(error / all, allSquares / (all * all));
    }
    return new Answer.Sampled(posterior, errors, all * all / allSquares, refused);
  }

  /// Where the row of a node's table begins, its parents being in these states.
  private static int row(Network network, Node node, int[] states) {
    int row = 0;
    for (int parent : node.parentNumbers()) {
      row = row * network.node(parent).size() + states[parent];
    }
    return row * node.size();
  }

  /// The last state with any probability takes what rounding left over.
  private static int drawn(double[] cells, int row, int size, double u) {
    double rest = u;
    int possible = 0;
    for (int i = 0; i < size; i++) {
      if (cells[row + i] > 0) {
        possible = i;
        rest -= cells[row + i];
        if (rest < 0) {
          return i;
        }
      }
    }
    return possible;
  }
}
