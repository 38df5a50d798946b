package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Answer.Cost;
import io.grace.intelligence.bayes.EliminationOrder.Order;
import io.grace.intelligence.bayes.EliminationPlan.Scaled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tables that hang together by variables that were not observed, and how they are eliminated
/// within limits. Where the tables would not fit in memory, some variables are held at each of
/// their states in turn and the results added: it costs time instead (Dechter, *Bucket elimination:
/// a unifying framework for reasoning*, 1999, section 9, conditioning). *Immutable.*
final class Component {
  /// Each one multiplies the time at least by two.
  private static final int MOST_HELD = 24;

  private final List<Factor> tables;
  private final int[] sizes;
  private final int[] held;
  private final EliminationPlan plan;
  private final Cost cost;

  private Component(List<Factor> tables, int[] sizes, int[] held, EliminationPlan plan, Cost cost) {
    this.tables = tables;
    this.sizes = sizes;
    this.held = held;
    this.plan = plan;
    this.cost = cost;
  }

  /// @param tables connected, without what was observed
  /// @param kept the variable whose distribution is wanted, or a negative number
  /// @param sizes by number of variable
  static Component of(List<Factor> tables, int kept, int[] sizes, Limits limits) {
    int[] held = {};
    EliminationPlan first = plan(tables, kept, sizes, held);
    EliminationPlan plan = first;
    long often = 1;
    while (plan.cost().peak() > limits.cells()
        && held.length < MOST_HELD
        && plan.cost().times(often).products() <= limits.products()) {
      int one = heaviest(tables, kept, sizes, held);
      if (one < 0) {
        break;
      }
      held = Arrays.copyOf(held, held.length + 1);
      held[held.length - 1] = one;
      often *= sizes[one];
      plan = plan(tables, kept, sizes, held);
    }
    Cost cost = plan.cost().times(often);
    // What is refused is told as what it would take without holding anything.
    return cost.fits(limits)
        ? new Component(tables, sizes, held, plan, cost)
        : new Component(tables, sizes, new int[0], first, first.cost());
  }

  Cost cost() {
    return cost;
  }

  private static EliminationPlan plan(List<Factor> tables, int kept, int[] sizes, int[] held) {
    List<int[]> scopes = scopes(tables, held);
    Order order = order(scopes, kept, sizes);
    return EliminationPlan.of(scopes, order.variables(), sizes);
  }

  private static List<int[]> scopes(List<Factor> tables, int[] held) {
    return tables.stream()
        .map(table -> Arrays.stream(table.scope()).filter(i -> !isIn(held, i)).toArray())
        .toList();
  }

  private static Order order(List<int[]> scopes, int kept, int[] sizes) {
    int[] variables = scopes.stream().flatMapToInt(Arrays::stream).distinct().sorted().toArray();
    return new EliminationOrder(variables, scopes, kept, sizes).best();
  }

  /// The variable in whose tables most cells are; -1 if none is left.
  private static int heaviest(List<Factor> tables, int kept, int[] sizes, int[] held) {
    List<int[]> scopes = new ArrayList<>(scopes(tables, held));
    double[] weights = new double[sizes.length];
    for (int variable : order(scopes, kept, sizes).variables()) {
      List<int[]> bucket = scopes.stream().filter(scope -> isIn(scope, variable)).toList();
      int[] clique = bucket.stream().flatMapToInt(Arrays::stream).distinct().toArray();
      double cells = Arrays.stream(clique).mapToDouble(i -> sizes[i]).reduce(1, (a, b) -> a * b);
      for (int i : clique) {
        weights[i] += i == kept ? 0 : cells;
      }
      scopes.removeAll(bucket);
      scopes.add(Arrays.stream(clique).filter(i -> i != variable).toArray());
    }
    int heaviest = -1;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0 && (heaviest < 0 || weights[i] > weights[heaviest])) {
        heaviest = i;
      }
    }
    return heaviest;
  }

  private static boolean isIn(int[] some, int one) {
    for (int i : some) {
      if (i == one) {
        return true;
      }
    }
    return false;
  }

  /// The table over the variable that is kept, or one number; not normalised.
  Scaled run() {
    if (held.length == 0) {
      return plan.run(tables);
    }
    Scaled sum = Scaled.ZERO;
    int[] states = new int[sizes.length];
    Arrays.fill(states, Evidence.UNSEEN);
    for (int variable : held) {
      states[variable] = 0;
    }
    for (boolean isMore = true; isMore; isMore = advance(states)) {
      sum = sum.plus(plan.run(tables.stream().map(table -> fixed(table, states)).toList()));
    }
    return sum;
  }

  private Factor fixed(Factor table, int[] states) {
    return table.fixed(Arrays.stream(table.scope()).map(i -> sizes[i]).toArray(), states);
  }

  private boolean advance(int[] states) {
    for (int variable : held) {
      if (++states[variable] < sizes[variable]) {
        return true;
      }
      states[variable] = 0;
    }
    return false;
  }
}
