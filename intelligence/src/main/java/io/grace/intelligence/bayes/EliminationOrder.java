package io.grace.intelligence.bayes;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// In which order variables are eliminated: by min-fill with the smaller table breaking ties, and
/// by the smaller table with min-fill breaking ties, both simulated, the cheaper taken (Koller &
/// Friedman 2009, section 9.4.3.2; Kjærulff, *Triangulation of graphs*, 1990). GRACE differs in
/// that it tries again with ties broken by chance where the order found is expensive. *Owned by one
/// thread.*
final class EliminationOrder {
  /// Cells for each variable whose elimination takes as long as looking once more for an order.
  private static final double LOOK = 20_000;

  private static final int RETRIES = 100;

  /// @param variables numbers in the order of their elimination
  /// @param cells of the tables in which each is summed out, all together
  record Order(int[] variables, double cells) {}

  private final int[] variables;
  private final double[] logSizes;
  private final int kept;
  private final BitSet[] graph;

  /// @param variables numbers, all of them
  /// @param scopes of the tables, of these variables only
  /// @param kept number of the one that is not eliminated, or a negative number
  /// @param sizes by number of variable
  EliminationOrder(int[] variables, List<int[]> scopes, int kept, int[] sizes) {
    this.variables = variables;
    int[] local = new int[sizes.length];
    logSizes = new double[variables.length];
    graph = new BitSet[variables.length];
    int keptLocal = -1;
    for (int i = 0; i < variables.length; i++) {
      local[variables[i]] = i;
      logSizes[i] = Math.log(sizes[variables[i]]);
      graph[i] = new BitSet(variables.length);
      keptLocal = variables[i] == kept ? i : keptLocal;
    }
    this.kept = keptLocal;
    for (int[] scope : scopes) {
      for (int one : scope) {
        for (int other : scope) {
          if (one != other) {
            graph[local[one]].set(local[other]);
          }
        }
      }
    }
  }

  Order best() {
    Order best = simulated(true, null, Double.MAX_VALUE);
    best = better(best, simulated(false, null, best.cells));
    var random = new SplittableRandom(variables.length);
    for (int i = 0; i < RETRIES && best.cells > LOOK * variables.length * (i + 1); i++) {
      best = better(best, simulated(i % 3 != 2, random, best.cells));
    }
    return best;
  }

  private static Order better(Order one, Order other) {
    return other.cells < one.cells ? other : one;
  }

  /// @param limit where to give up
  private Order simulated(boolean byFill, @Nullable SplittableRandom ties, double limit) {
    int n = variables.length;
    BitSet[] left = new BitSet[n];
    for (int i = 0; i < n; i++) {
      left[i] = (BitSet) graph[i].clone();
    }
    double[] fills = new double[n];
    double[] weights = new double[n];
    BitSet open = new BitSet(n);
    open.set(0, n);
    BitSet stale = (BitSet) open.clone();
    int[] order = new int[kept < 0 ? n : n - 1];
    double cells = 0;
    for (int step = 0; step < order.length; step++) {
      for (int i = stale.nextSetBit(0); i >= 0; i = stale.nextSetBit(i + 1)) {
        fills[i] = fill(left, i);
        weights[i] = weight(left, i);
      }
      stale.clear();
      int chosen = chosen(open, byFill ? fills : weights, byFill ? weights : fills, ties);
      cells += Math.exp(weights[chosen]);
      if (cells >= limit) {
        return new Order(order, Double.MAX_VALUE);
      }
      order[step] = variables[chosen];
      open.clear(chosen);
      eliminate(left, chosen, stale);
    }
    return new Order(order, cells);
  }

  /// The least by one measure, then by the other, then the first or by chance.
  private int chosen(
      BitSet open, double[] first, double[] second, @Nullable SplittableRandom ties) {
    int chosen = -1;
    int tied = 0;
    for (int i = open.nextSetBit(0); i >= 0; i = open.nextSetBit(i + 1)) {
      if (i == kept) {
        continue;
      }
      double difference = chosen < 0 ? -1 : first[i] - first[chosen];
      if (difference == 0 && ties == null) {
        difference = second[i] - second[chosen];
      }
      if (difference < 0) {
        chosen = i;
        tied = 1;
      } else if (difference == 0 && ties != null && ties.nextInt(++tied) == 0) {
        chosen = i;
      }
    }
    return chosen;
  }

  /// How many neighbours are not neighbours of each other.
  private static double fill(BitSet[] left, int variable) {
    BitSet around = left[variable];
    int degree = around.cardinality();
    long missing = 0;
    for (int i = around.nextSetBit(0); i >= 0; i = around.nextSetBit(i + 1)) {
      BitSet shared = (BitSet) around.clone();
      shared.and(left[i]);
      missing += degree - 1 - shared.cardinality();
    }
    return missing / 2.0;
  }

  /// Logarithm of the cells of the table in which it is summed out.
  private double weight(BitSet[] left, int variable) {
    double weight = logSizes[variable];
    BitSet around = left[variable];
    for (int i = around.nextSetBit(0); i >= 0; i = around.nextSetBit(i + 1)) {
      weight += logSizes[i];
    }
    return weight;
  }

  /// Joins the neighbours, and marks all whose measures may have changed.
  private static void eliminate(BitSet[] left, int variable, BitSet stale) {
    BitSet around = left[variable];
    for (int i = around.nextSetBit(0); i >= 0; i = around.nextSetBit(i + 1)) {
      left[i].or(around);
      left[i].clear(i);
      left[i].clear(variable);
    }
    for (int i = around.nextSetBit(0); i >= 0; i = around.nextSetBit(i + 1)) {
      stale.set(i);
      stale.or(left[i]);
    }
  }
}
