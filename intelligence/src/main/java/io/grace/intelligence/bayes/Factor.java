package io.grace.intelligence.bayes;

import java.util.Arrays;

/// A table over some variables, a product of probabilities of which some variables are summed out
/// (Koller & Friedman, *Probabilistic Graphical Models*, 2009, section 9.3). *Immutable.*
///
/// @param scope numbers of variables, the slowest to vary first
/// @param cells one a combination of states
record Factor(int[] scope, double[] cells) {
  /// No variable is summed out.
  static final int NOTHING = -1;

  /// The table of a node where what was observed is fixed.
  static Factor of(Network network, int node, int[] states) {
    int[] parents = network.node(node).parentNumbers();
    int[] all = Arrays.copyOf(parents, parents.length + 1);
    all[parents.length] = node;
    int[] sizes = Arrays.stream(all).map(i -> network.node(i).size()).toArray();
    return new Factor(all, network.node(node).cells()).fixed(sizes, states);
  }

  /// Without the variables whose state is known.
  ///
  /// @param sizes of the variables of the scope, in its order
  /// @param states by number of variable, [Evidence#UNSEEN] where not known
  Factor fixed(int[] sizes, int[] states) {
    int[] free = Arrays.stream(scope).filter(i -> states[i] == Evidence.UNSEEN).toArray();
    if (free.length == scope.length) {
      return this;
    }
    int[] strides = new int[free.length];
    int[] freeSizes = new int[free.length];
    int stride = 1;
    int from = 0;
    int next = free.length;
    int count = 1;
    for (int i = scope.length - 1; i >= 0; i--) {
      if (states[scope[i]] == Evidence.UNSEEN) {
        strides[--next] = stride;
        freeSizes[next] = sizes[i];
        count *= sizes[i];
      } else {
        from += stride * states[scope[i]];
      }
      stride *= sizes[i];
    }
    double[] kept = new double[count];
    int[] digits = new int[free.length];
    for (int out = 0; out < count; out++) {
      kept[out] = cells[from];
      for (int i = free.length - 1; i >= 0; i--) {
        from += strides[i];
        if (++digits[i] < freeSizes[i]) {
          break;
        }
        from -= strides[i] * freeSizes[i];
        digits[i] = 0;
      }
    }
    return new Factor(free, kept);
  }

  /// The product of two tables, and its sum over one variable.
  ///
  /// @param summed number of that variable, or [#NOTHING]
  /// @param result scope of the result: every variable of both but `summed`
  /// @param sizes by number of variable
  static Factor product(Factor a, Factor b, int summed, int[] result, int[] sizes) {
    int[] stridesOfA = a.strides(result, sizes);
    int[] stridesOfB = b.strides(result, sizes);
    int[] inner = summed == NOTHING ? new int[0] : new int[] {summed};
    int sums = summed == NOTHING ? 1 : sizes[summed];
    int stepOfA = summed == NOTHING ? 0 : a.strides(inner, sizes)[0];
    int stepOfB = summed == NOTHING ? 0 : b.strides(inner, sizes)[0];
    int count = 1;
    for (int i : result) {
      count *= sizes[i];
    }
    double[] out = new double[count];
    int[] runs = runs(result, sizes, stridesOfA, stridesOfB);
    int last = runs.length - 1;
    int run = last < 0 ? 1 : runs[last];
    int runOfA = last < 0 ? 0 : stridesOfA[last];
    int runOfB = last < 0 ? 0 : stridesOfB[last];
    int[] digits = new int[runs.length];
    int atA = 0;
    int atB = 0;
    for (int at = 0; at < count; at += run) {
      for (int k = 0; k < sums; k++) {
        add(out, at, run, a.cells, atA + k * stepOfA, runOfA, b.cells, atB + k * stepOfB, runOfB);
      }
      for (int i = last - 1; i >= 0; i--) {
        atA += stridesOfA[i];
        atB += stridesOfB[i];
        if (++digits[i] < runs[i]) {
          break;
        }
        atA -= stridesOfA[i] * runs[i];
        atB -= stridesOfB[i] * runs[i];
        digits[i] = 0;
      }
    }
    return new Factor(result, out);
  }

  /// One run of a product; where neighbours lie side by side, several are multiplied at once.
  private static void add(
      double[] out, int at, int run, double[] a, int atA, int ofA, double[] b, int atB, int ofB) {
    if (ofA == 1 && ofB == 1) {
      for (int j = 0; j < run; j++) {
        out[at + j] += a[atA + j] * b[atB + j];
      }
    } else if (ofA == 1 && ofB == 0) {
      double factor = b[atB];
      for (int j = 0; j < run; j++) {
        out[at + j] += a[atA + j] * factor;
      }
    } else {
      for (int j = 0; j < run; j++) {
        out[at + j] += a[atA + j * ofA] * b[atB + j * ofB];
      }
    }
  }

  /// Joins neighbouring variables that both tables walk through in even strides, as if they were
  /// one with many states. The strides are overwritten.
  ///
  /// @return how many states each of those has
  private static int[] runs(int[] scope, int[] sizes, int[] stridesOfA, int[] stridesOfB) {
    int[] runs = new int[scope.length];
    int end = 0;
    for (int i = 0; i < scope.length; i++) {
      int size = sizes[scope[i]];
      boolean isEven =
          end > 0
              && stridesOfA[end - 1] == stridesOfA[i] * size
              && stridesOfB[end - 1] == stridesOfB[i] * size;
      int to = isEven ? end - 1 : end++;
      runs[to] = isEven ? runs[to] * size : size;
      stridesOfA[to] = stridesOfA[i];
      stridesOfB[to] = stridesOfB[i];
    }
    return Arrays.copyOf(runs, end);
  }

  /// How far apart neighbours along each variable are, 0 for a variable that is not in the scope.
  private int[] strides(int[] variables, int[] sizes) {
    int[] strides = new int[variables.length];
    int stride = 1;
    for (int i = scope.length - 1; i >= 0; i--) {
      for (int j = 0; j < variables.length; j++) {
        if (variables[j] == scope[i]) {
          strides[j] = stride;
        }
      }
      stride *= sizes[scope[i]];
    }
    return strides;
  }

  /// Divides all cells by the largest, which keeps long products from vanishing.
  ///
  /// @return that largest cell; 0 if there is none above, and then nothing is divided
  double scale() {
    double largest = 0;
    for (double cell : cells) {
      largest = Math.max(largest, cell);
    }
    if (largest > 0 && largest != 1) {
      for (int i = 0; i < cells.length; i++) {
        cells[i] /= largest;
      }
    }
    return largest;
  }
}
