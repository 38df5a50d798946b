package io.grace.intelligence.forecast;

import java.util.function.ToDoubleFunction;

/// The least value of a function of a few variables, without derivatives (Nelder & Mead, *A simplex
/// method for function minimization*, The Computer Journal 7, 1965), with their coefficients 1, 2,
/// ½ and ½.
final class Simplex {
  private static final double STEP = 0.7;
  private static final double SMALL = 1e-6;

  private Simplex() {}

  /// @param start where to begin; one corner each is moved along one axis
  /// @param most evaluations, after which the best so far is good enough
  static double[] minimise(ToDoubleFunction<double[]> cost, double[] start, int most) {
    int size = start.length;
    double[][] corners = new double[size + 1][];
    double[] costs = new double[size + 1];
    for (int i = 0; i <= size; i++) {
      corners[i] = start.clone();
      if (i > 0) {
        corners[i][i - 1] += STEP;
      }
      costs[i] = cost.applyAsDouble(corners[i]);
    }
    int evaluations = size + 1;
    while (evaluations < most) {
      sort(corners, costs);
      if (costs[size] - costs[0] <= SMALL * Math.abs(costs[0])) {
        break;
      }
      double[] centre = centre(corners, size);
      double[] reflected = between(centre, corners[size], -1);
      double cost1 = cost.applyAsDouble(reflected);
      evaluations++;
      if (cost1 < costs[0]) {
        double[] further = between(centre, corners[size], -2);
        double cost2 = cost.applyAsDouble(further);
        evaluations++;
        corners[size] = cost2 < cost1 ? further : reflected;
        costs[size] = Math.min(cost1, cost2);
      } else if (cost1 < costs[size - 1]) {
        corners[size] = reflected;
        costs[size] = cost1;
      } else {
        double[] nearer = between(centre, cost1 < costs[size] ? reflected : corners[size], 0.5);
        double cost2 = cost.applyAsDouble(nearer);
        evaluations++;
        if (cost2 < Math.min(cost1, costs[size])) {
          corners[size] = nearer;
          costs[size] = cost2;
        } else {
          evaluations += shrink(cost, corners, costs);
        }
      }
    }
    sort(corners, costs);
    return corners[0];
  }

  private static int shrink(ToDoubleFunction<double[]> cost, double[][] corners, double[] costs) {
    for (int i = 1; i < corners.length; i++) {
      corners[i] = between(corners[0], corners[i], 0.5);
      costs[i] = cost.applyAsDouble(corners[i]);
    }
    return corners.length - 1;
  }

  /// Insertion, which keeps the order of ties, so that every machine finds the same corner.
  private static void sort(double[][] corners, double[] costs) {
    for (int i = 1; i < costs.length; i++) {
      double[] corner = corners[i];
      double cost = costs[i];
      int j = i - 1;
      for (; j >= 0 && costs[j] > cost; j--) {
        corners[j + 1] = corners[j];
        costs[j + 1] = costs[j];
      }
      corners[j + 1] = corner;
      costs[j + 1] = cost;
    }
  }

  private static double[] centre(double[][] corners, int size) {
    double[] centre = new double[size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        centre[k] += corners[i][k] / size;
      }
    }
    return centre;
  }

  private static double[] between(double[] from, double[] to, double share) {
    double[] point = new double[from.length];
    for (int k = 0; k < from.length; k++) {
      point[k] = from[k] + share * (to[k] - from[k]);
    }
    return point;
  }
}
