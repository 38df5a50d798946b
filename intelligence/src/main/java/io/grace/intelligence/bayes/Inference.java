package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Answer.Cost;
import io.grace.intelligence.bayes.EliminationPlan.Scaled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/// Asks a network for the probabilities of one variable given what was observed.
///
/// Exactly, where that fits the limits: what is neither the target, nor observed, nor an ancestor
/// of either is left out (barren: Shachter, *Evaluating influence diagrams*, Operations Research
/// 34, 1986); what was observed is fixed in every table; what does not hang together with the
/// target any more is independent of it (Lauritzen et al., *Independence properties of directed
/// Markov fields*, Networks 20, 1990, proposition 3) and only adds to the probability of the
/// evidence; the rest is eliminated. Otherwise by likelihood weighting, and then the answer says
/// so. *Immutable.*
public final class Inference {
  private final Network network;
  private final Limits limits;
  private final int[] sizes;

  public Inference(Network network, Limits limits) {
    this.network = network;
    this.limits = limits;
    this.sizes = network.nodes().stream().mapToInt(Network.Node::size).toArray();
  }

  /// @param target number of a node
  /// @param seed of the samples, if any are drawn
  public Answer posterior(int target, Evidence evidence, long seed) {
    evidence.check(network);
    if (target < 0 || target >= network.size()) {
      throw new IllegalArgumentException(
          "target must be 0 to %d: %d".formatted(network.size() - 1, target));
    }
    boolean[] relevant = ancestors(network, target, evidence);
    List<Factor> tables = new ArrayList<>();
    double logEvidence = 0;
    for (int i = 0; i < network.size(); i++) {
      if (relevant[i]) {
        Factor table = Factor.of(network, i, evidence.states());
        if (table.scope().length == 0) {
          logEvidence += Math.log(table.cells()[0]);
        } else {
          tables.add(table);
        }
      }
    }
    if (logEvidence == Double.NEGATIVE_INFINITY) {
      return new Answer.Impossible();
    }
    int kept = evidence.sees(target) ? Evidence.UNSEEN : target;
    List<List<Factor>> parts = connected(tables);
    Cost cost = Cost.NONE;
    List<Component> components = new ArrayList<>();
    for (List<Factor> part : parts) {
      Component component = Component.of(part, kept, sizes, limits);
      boolean isOfTarget = part.stream().anyMatch(table -> holds(table, kept));
      if (isOfTarget && !component.cost().fits(limits)) {
        return LikelihoodWeighting.posterior(
            network, relevant, target, evidence, limits.samples(), seed, component.cost());
      }
      components.add(component);
    }
    double[] posterior = new double[sizes[target]];
    if (kept < 0) {
      posterior[evidence.state(target)] = 1;
    }
    boolean isWhole = true;
    for (int i = 0; i < components.size(); i++) {
      Component component = components.get(i);
      if (!component.cost().fits(limits)) {
        isWhole = false;
        continue;
      }
      Scaled result = component.run();
      double logSum = result.logSum();
      if (logSum == Double.NEGATIVE_INFINITY) {
        return new Answer.Impossible();
      }
      if (parts.get(i).stream().anyMatch(table -> holds(table, kept))) {
        posterior = normalised(result.cells());
      }
      logEvidence += logSum;
      cost = cost.then(component.cost());
    }
    OptionalDouble log = isWhole ? OptionalDouble.of(logEvidence) : OptionalDouble.empty();
    return new Answer.Exact(posterior, log, cost);
  }

  private static boolean holds(Factor table, int variable) {
    return Arrays.stream(table.scope()).anyMatch(i -> i == variable);
  }

  private static double[] normalised(double[] cells) {
    double sum = Arrays.stream(cells).sum();
    return Arrays.stream(cells).map(cell -> cell / sum).toArray();
  }

  /// Of the target and of what was observed, and these themselves.
  static boolean[] ancestors(Network network, int target, Evidence evidence) {
    boolean[] isIn = new boolean[network.size()];
    int[] order = network.order();
    for (int at = order.length - 1; at >= 0; at--) {
      int node = order[at];
      isIn[node] |= node == target || evidence.sees(node);
      if (isIn[node]) {
        for (int parent : network.node(node).parentNumbers()) {
          isIn[parent] = true;
        }
      }
    }
    return isIn;
  }

  /// Tables that share variables, directly or by others.
  private List<List<Factor>> connected(List<Factor> tables) {
    int[] leader = new int[sizes.length];
    for (int i = 0; i < leader.length; i++) {
      leader[i] = i;
    }
    for (Factor table : tables) {
      for (int i : table.scope()) {
        leader[find(leader, i)] = find(leader, table.scope()[0]);
      }
    }
    List<List<Factor>> parts = new ArrayList<>();
    int[] partOf = new int[sizes.length];
    Arrays.fill(partOf, -1);
    for (Factor table : tables) {
      int root = find(leader, table.scope()[0]);
      if (partOf[root] < 0) {
        partOf[root] = parts.size();
        parts.add(new ArrayList<>());
      }
      parts.get(partOf[root]).add(table);
    }
    return parts;
  }

  private static int find(int[] leader, int of) {
    int at = of;
    while (leader[at] != at) {
      leader[at] = leader[leader[at]];
      at = leader[at];
    }
    return at;
  }
}
