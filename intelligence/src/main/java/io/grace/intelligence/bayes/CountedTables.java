package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Network.Node;
import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Learns the tables of a network from counted cases. Each row has a Dirichlet prior whose mean is
/// the row of the network that it began with, worth so many cases; a table is the posterior mean
/// (Heckerman, *A tutorial on learning with Bayesian networks*, 1995, section 4). A case teaches
/// the tables of those nodes that it knows together with all their parents. *Owned by one thread.*
public final class CountedTables {
  private static final int KIND = 0x42_4e_43_54;
  private static final int VERSION = 1;

  private final Network prior;
  private final double strength;
  private final double[][] counts;

  /// @param prior structure, and what is believed before any case
  /// @param strength how many cases each row of it is worth, > 0
  public CountedTables(Network prior, double strength) {
    if (!(strength > 0 && strength < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("strength must be positive: " + strength);
    }
    this.prior = prior;
    this.strength = strength;
    this.counts =
        prior.nodes().stream().map(n -> new double[n.cells().length]).toArray(double[][]::new);
  }

  /// @param seen the state of each node, [Evidence#UNSEEN] where it is not known
  /// @param weight how many cases it is worth, > 0
  public void add(Evidence seen, double weight) {
    seen.check(prior);
    if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("weight must be positive: " + weight);
    }
    for (int i = 0; i < counts.length; i++) {
      Node node = prior.node(i);
      int row = seen.sees(i) ? 0 : -1;
      for (int parent : node.parentNumbers()) {
        boolean isKnown = row >= 0 && seen.sees(parent);
        row = isKnown ? row * prior.node(parent).size() + seen.state(parent) : -1;
      }
      if (row >= 0) {
        counts[i][row * node.size() + seen.state(i)] += weight;
      }
    }
  }

  /// Old cases count less from now on.
  ///
  /// @param keep share of their weight that is kept, in (0, 1]
  public void decay(double keep) {
    if (!(keep > 0 && keep <= 1)) {
      throw new IllegalArgumentException("keep must be in (0, 1]: " + keep);
    }
    for (double[] table : counts) {
      for (int i = 0; i < table.length; i++) {
        table[i] *= keep;
      }
    }
  }

  /// What is believed now.
  public Network network() {
    List<Node> nodes = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      Node node = prior.node(i);
      double[] table = new double[counts[i].length];
      for (int row = 0; row < table.length; row += node.size()) {
        double cases = Arrays.stream(counts[i], row, row + node.size()).sum();
        for (int at = row; at < row + node.size(); at++) {
          table[at] = (counts[i][at] + strength * node.cells()[at]) / (cases + strength);
        }
      }
      nodes.add(new Node(node.name(), node.states(), node.parentNumbers(), table));
    }
    return new Network(nodes);
  }

  /// The counts, without the prior.
  public byte[] toBytes() {
    var out = new Packing(KIND, VERSION);
    out.integer(counts.length);
    for (double[] table : counts) {
      out.doubles(table);
    }
    return out.sealed();
  }

  /// @param prior and strength as those that were counted with
  /// @throws IllegalArgumentException if the bytes are damaged or of another structure
  public static CountedTables of(Network prior, double strength, byte[] bytes) {
    var tables = new CountedTables(prior, strength);
    var in = new Unpacking(bytes, KIND, VERSION);
    int nodes = in.integer();
    if (nodes != prior.size()) {
      throw new IllegalArgumentException("wanted %d tables: %d".formatted(prior.size(), nodes));
    }
    for (double[] table : tables.counts) {
      double[] read = in.doubles();
      if (read.length != table.length || !Arrays.stream(read).allMatch(CountedTables::isCount)) {
        throw new IllegalArgumentException(
            "wanted %d counts, none negative: %d".formatted(table.length, read.length));
      }
      System.arraycopy(read, 0, table, 0, read.length);
    }
    in.end();
    return tables;
  }

  private static boolean isCount(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }
}
