package io.grace.intelligence.bayes;

import io.grace.intelligence.bayes.Answer.Cost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Variable elimination written down before it is done (Zhang & Poole, *A simple approach to
/// Bayesian network computations*, 1994), so that what it costs is known while it can still be
/// refused. *Immutable.*
final class EliminationPlan {
  private final List<Step> steps;
  private final int[] sizes;
  private final Cost cost;

  /// The product of two tables, then a sum. Tables are numbered as they come to be, after those at
  /// the beginning.
  ///
  /// @param second the same as `first` if there is only one
  private record Step(int first, int second, int summed, int[] scope) {}

  /// A table that is known by its scope.
  private record Sketch(int number, int[] scope, double cells) {}

  private EliminationPlan(List<Step> steps, int[] sizes, Cost cost) {
    this.steps = steps;
    this.sizes = sizes;
    this.cost = cost;
  }

  Cost cost() {
    return cost;
  }

  /// @param scopes of the tables, connected
  /// @param order of elimination
  /// @param sizes by number of variable
  static EliminationPlan of(List<int[]> scopes, int[] order, int[] sizes) {
    return new Writer(scopes, order, sizes).plan();
  }

  /// What is left when all is done: a table over the variable that is kept, or one number.
  ///
  /// @param tables in the order of their scopes
  Scaled run(List<Factor> tables) {
    Factor[] all = tables.toArray(new Factor[tables.size() + steps.size()]);
    double logScale = 0;
    int next = tables.size();
    for (Step step : steps) {
      Factor one = all[step.first];
      Factor other = step.second == step.first ? ones() : all[step.second];
      Factor made = Factor.product(one, other, step.summed, step.scope, sizes);
      all[step.first] = ones();
      all[step.second] = ones();
      double largest = made.scale();
      if (largest == 0) {
        return Scaled.ZERO;
      }
      logScale += Math.log(largest);
      all[next++] = made;
    }
    return new Scaled(all[next - 1].cells(), logScale);
  }

  private static Factor ones() {
    return new Factor(new int[0], new double[] {1});
  }

  /// Numbers times e to the power of `logScale`; empty for nothing at all.
  record Scaled(double[] cells, double logScale) {
    static final Scaled ZERO = new Scaled(new double[0], Double.NEGATIVE_INFINITY);

    boolean isZero() {
      return cells.length == 0 || logScale == Double.NEGATIVE_INFINITY;
    }

    Scaled plus(Scaled other) {
      if (isZero() || other.isZero()) {
        return isZero() ? other : this;
      }
      double top = Math.max(logScale, other.logScale);
      double mine = Math.exp(logScale - top);
      double its = Math.exp(other.logScale - top);
      double[] sum = new double[cells.length];
      for (int i = 0; i < sum.length; i++) {
        sum[i] = mine * cells[i] + its * other.cells[i];
      }
      return new Scaled(sum, top);
    }

    double logSum() {
      return isZero() ? Double.NEGATIVE_INFINITY : logScale + Math.log(Arrays.stream(cells).sum());
    }
  }

  /// Does with scopes what the plan will do with tables.
  private static final class Writer {
    private final int[] order;
    private final int[] sizes;
    private final List<Sketch> open = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private int next;
    private double live;
    private double peak;
    private double largest = 1;
    private double products;

    Writer(List<int[]> scopes, int[] order, int[] sizes) {
      this.order = order;
      this.sizes = sizes;
      for (int[] scope : scopes) {
        Sketch sketch = new Sketch(next++, scope, cells(scope));
        open.add(sketch);
        live += sketch.cells;
        largest = Math.max(largest, sketch.cells);
      }
      peak = live;
    }

    EliminationPlan plan() {
      for (int variable : order) {
        List<Sketch> bucket = new ArrayList<>();
        for (Sketch sketch : open) {
          if (contains(sketch.scope, variable)) {
            bucket.add(sketch);
          }
        }
        open.removeAll(bucket);
        open.add(joined(bucket, variable));
      }
      if (open.size() > 1 || steps.isEmpty()) {
        joined(open, Factor.NOTHING);
      }
      Cost cost = new Cost(order.length, bounded(largest), bounded(peak), bounded(products));
      return new EliminationPlan(List.copyOf(steps), sizes, cost);
    }

    private static long bounded(double count) {
      return (long) Math.min(Long.MAX_VALUE / 4.0, count);
    }

    private static boolean contains(int[] scope, int variable) {
      for (int i : scope) {
        if (i == variable) {
          return true;
        }
      }
      return false;
    }

    /// Always the smallest table with the one that makes the smallest product, until two are left.
    private Sketch joined(List<Sketch> bucket, int summed) {
      List<Sketch> rest = new ArrayList<>(bucket);
      while (rest.size() > 2) {
        Sketch small = rest.stream().min(Comparator.comparingDouble(Sketch::cells)).orElseThrow();
        rest.remove(small);
        Sketch partner = rest.getFirst();
        double least = Double.MAX_VALUE;
        for (Sketch other : rest) {
          double size = cells(union(small.scope, other.scope, Factor.NOTHING));
          if (size < least) {
            least = size;
            partner = other;
          }
        }
        rest.remove(partner);
        rest.add(step(partner, small, Factor.NOTHING));
      }
      return step(rest.getFirst(), rest.getLast(), summed);
    }

    private Sketch step(Sketch one, Sketch other, int summed) {
      int[] scope = union(one.scope, other.scope, summed);
      Sketch made = new Sketch(next++, scope, cells(scope));
      steps.add(new Step(one.number, other.number, summed, scope));
      peak = Math.max(peak, live + made.cells);
      live += made.cells - one.cells - (one.number == other.number ? 0 : other.cells);
      largest = Math.max(largest, made.cells);
      products += made.cells * (summed == Factor.NOTHING ? 1 : sizes[summed]);
      return made;
    }

    /// In the order of the larger table, which is walked through most.
    private int[] union(int[] one, int[] other, int without) {
      int[] both = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, both, one.length, other.length);
      BitSet seen = new BitSet();
      int count = 0;
      for (int i : both) {
        if (i != without && !seen.get(i)) {
          seen.set(i);
          both[count++] = i;
        }
      }
      return Arrays.copyOf(both, count);
    }

    private double cells(int[] scope) {
      double cells = 1;
      for (int i : scope) {
        cells *= sizes[i];
      }
      return cells;
    }
  }
}
