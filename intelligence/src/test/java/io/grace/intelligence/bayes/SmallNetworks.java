package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Network.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Networks of chance, small enough for every combination of states to be counted out.
final class SmallNetworks {
  private SmallNetworks() {}

  /// Up to three parents each; a quarter of the rows are certain.
  static Network random(SplittableRandom random, int nodes, int mostStates) {
    List<Node> all = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      int number = i;
      int[] parents =
          random.ints(Math.min(i, random.nextInt(4)), 0, Math.max(1, i)).distinct().toArray();
      int size = 1 + random.nextInt(mostStates);
      int rows = IntStream.of(parents).map(p -> all.get(p).size()).reduce(1, (a, b) -> a * b);
      double[] table = new double[rows * size];
      for (int row = 0; row < rows; row++) {
        fill(table, row * size, size, random);
      }
      List<String> states = IntStream.range(0, size).mapToObj(s -> "s" + s).toList();
      all.add(new Node("n" + number, states, parents, table));
    }
    return new Network(all);
  }

  private static void fill(double[] table, int from, int size, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      table[from + random.nextInt(size)] = 1;
      return;
    }
    double sum = 0;
    for (int i = from; i < from + size; i++) {
      table[i] = -Math.log(1 - random.nextDouble());
      sum += table[i];
    }
    for (int i = from; i < from + size; i++) {
      table[i] /= sum;
    }
  }

  /// Each of few nodes is observed in any state.
  static Evidence evidence(SplittableRandom random, Network network, int most) {
    Evidence evidence = Evidence.none(network.size());
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      int node = random.nextInt(network.size());
      evidence = evidence.and(node, random.nextInt(network.node(node).size()));
    }
    return evidence;
  }

  /// The joint probability of each state of the target and the evidence, by going through every
  /// combination.
  static double[] joint(Network network, int target, Evidence evidence) {
    double[] sums = new double[network.node(target).size()];
    int[] states = new int[network.size()];
    add(network, target, evidence, states, 0, 1, sums);
    return sums;
  }

  private static void add(
      Network network, int target, Evidence evidence, int[] states, int at, double p, double[] to) {
    if (at == states.length) {
      to[states[target]] += p;
      return;
    }
    Node node = network.node(at);
    int row = 0;
    for (int parent : node.parents()) {
      row = row * network.node(parent).size() + states[parent];
    }
    for (int state = 0; state < node.size(); state++) {
      if (!evidence.sees(at) || evidence.state(at) == state) {
        states[at] = state;
        double next = p * node.cells()[row * node.size() + state];
        if (next > 0) {
          add(network, target, evidence, states, at + 1, next, to);
        }
      }
    }
  }
}
