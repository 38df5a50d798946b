package io.grace.intelligence.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// A discrete Bayesian network: the joint probability of some variables as the product of each
/// one's table given its parents. *Immutable.*
public final class Network {
  /// More are no network that somebody drew or learned; the largest public ones have about 1,100.
  public static final int MOST_NODES = 8_192;

  public static final int MOST_STATES = 1_024;

  /// Of one table: 128 MB.
  public static final int MOST_CELLS = 1 << 24;

  /// How far the sum of a row may be from 1. Published tables are rounded to a few digits, and a
  /// row has up to a hundred; beyond it, a number is missing or mistyped.
  static final double ROUNDING = 0.01;

  private final List<Node> nodes;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final int[] order;

  /// One variable.
  ///
  /// @param states at least one, each name once
  /// @param parents numbers of nodes, the slowest to vary in the table first
  /// @param table one row for each combination of the parents' states, the last parent varying
  ///   fastest; in a row one probability a state. Rows are normalised.
  public record Node(String name, List<String> states, int[] parents, double[] table) {
    public Node {
      states = List.copyOf(states);
      if (states.isEmpty() || states.size() > MOST_STATES) {
        throw new IllegalArgumentException(
            "%s must have 1 to %d states: %d".formatted(name, MOST_STATES, states.size()));
      }
      if (states.stream().distinct().count() < states.size()) {
        throw new IllegalArgumentException("a state of " + name + " is named twice: " + states);
      }
      parents = parents.clone();
      table = normalised(name, table, states.size());
    }

    private static double[] normalised(String name, double[] table, int size) {
      double[] rows = table.clone();
      if (rows.length > MOST_CELLS || rows.length % size != 0) {
        throw new IllegalArgumentException(
            "the table of %s must be rows of %d, at most %d cells: %d"
                .formatted(name, size, MOST_CELLS, rows.length));
      }
      for (int row = 0; row < rows.length; row += size) {
        double sum = 0;
        for (int i = row; i < row + size; i++) {
          if (!(rows[i] >= 0 && rows[i] <= 1 + ROUNDING)) {
            throw new IllegalArgumentException(
                "probability of %s must be in [0, 1]: %s".formatted(name, rows[i]));
          }
          sum += rows[i];
        }
        if (Math.abs(sum - 1) > ROUNDING) {
          throw new IllegalArgumentException(
              "row %d of %s must sum to 1: %s".formatted(row / size, name, sum));
        }
        for (int i = row; i < row + size; i++) {
          rows[i] /= sum;
        }
      }
      return rows;
    }

    @Override
    public int[] parents() {
      return parents.clone();
    }

    @Override
    public double[] table() {
      return table.clone();
    }

    int size() {
      return states.size();
    }

    int[] parentNumbers() {
      return parents;
    }

    double[] cells() {
      return table;
    }
  }

  /// @param nodes in any order, each name once; tables fit the parents, and nobody is its own
  ///   ancestor
  public Network(List<Node> nodes) {
    if (nodes.isEmpty() || nodes.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "a network has 1 to %d nodes: %d".formatted(MOST_NODES, nodes.size()));
    }
    this.nodes = List.copyOf(nodes);
    for (int i = 0; i < nodes.size(); i++) {
      if (numbers.put(nodes.get(i).name(), i) != null) {
        throw new IllegalArgumentException("named twice: " + nodes.get(i).name());
      }
      checkTable(nodes.get(i), i);
    }
    order = topological();
  }

  private void checkTable(Node node, int number) {
    long rows = 1;
    for (int parent : node.parents) {
      if (parent < 0 || parent >= nodes.size() || parent == number) {
        throw new IllegalArgumentException(
            "a parent of %s must be another node, 0 to %d: %d"
                .formatted(node.name, nodes.size() - 1, parent));
      }
      rows = Math.min(MOST_CELLS + 1L, rows * nodes.get(parent).size());
    }
    if (Arrays.stream(node.parents).distinct().count() < node.parents.length) {
      throw new IllegalArgumentException("a parent of " + node.name + " is named twice");
    }
    if (rows * node.size() != node.table.length) {
      throw new IllegalArgumentException(
          "the table of %s must have %d rows of %d: %d cells"
              .formatted(node.name, rows, node.size(), node.table.length));
    }
  }

  /// Kahn, *Topological sorting of large networks*, Communications of the ACM 5, 1962.
  private int[] topological() {
    int[] waits = new int[nodes.size()];
    List<List<Integer>> children = children();
    int[] sorted = new int[nodes.size()];
    int end = 0;
    for (int i = 0; i < waits.length; i++) {
      waits[i] = nodes.get(i).parents.length;
      if (waits[i] == 0) {
        sorted[end++] = i;
      }
    }
    for (int next = 0; next < end; next++) {
      for (int child : children.get(sorted[next])) {
        if (--waits[child] == 0) {
          sorted[end++] = child;
        }
      }
    }
    if (end < sorted.length) {
      for (int i = 0; i < waits.length; i++) {
        if (waits[i] > 0) {
          throw new IllegalArgumentException(nodes.get(i).name + " is among its own ancestors");
        }
      }
    }
    return sorted;
  }

  private List<List<Integer>> children() {
    List<List<Integer>> children = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      children.add(new ArrayList<>());
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (int parent : nodes.get(i).parents) {
        children.get(parent).add(i);
      }
    }
    return children;
  }

  public List<Node> nodes() {
    return nodes;
  }

  public Node node(int number) {
    return nodes.get(number);
  }

  public int size() {
    return nodes.size();
  }

  /// @throws IllegalArgumentException if there is none of this name
  public int number(String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException("no node is named " + name);
    }
    return number;
  }

  /// Numbers of the nodes, parents before children.
  public int[] order() {
    return order.clone();
  }

  /// The number of a state of a node; empty if it has none of this name.
  public OptionalInt state(int node, String state) {
    int number = nodes.get(node).states.indexOf(state);
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /// What was observed, by names.
  ///
  /// @throws IllegalArgumentException for a node or a state that is not there
  public Evidence evidence(Map<String, String> observed) {
    int[] states = new int[nodes.size()];
    Arrays.fill(states, Evidence.UNSEEN);
    observed.forEach((name, state) -> {
      int node = number(name);
      states[node] =
          state(node, state)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "%s is one of %s: %s".formatted(name, node(node).states(), state)));
    });
    return new Evidence(states);
  }
}
