package io.grace.intelligence.linear;

import java.util.Arrays;

/// Weighted least squares with a penalty on how far each coefficient is from where it was expected:
/// minimises Σ w (y − x·b)² + Σ pⱼ (bⱼ − b⁰ⱼ)² (Hoerl & Kennard, *Ridge regression*, Technometrics
/// 12, 1970, with the origin moved to b⁰ as in section 5). Only the normal equations are kept, so
/// rows cost no memory. *Owned by its caller.*
public final class Ridge {
  private final int inputs;
  private final int outputs;
  private final double[] gram;
  private final double[][] cross;
  private double weight;

  /// @param outputs how many regressions share the inputs
  public Ridge(int inputs, int outputs) {
    if (inputs < 1 || outputs < 1) {
      throw new IllegalArgumentException(
          "inputs and outputs must be at least 1: " + inputs + ", " + outputs);
    }
    this.inputs = inputs;
    this.outputs = outputs;
    this.gram = new double[inputs * inputs];
    this.cross = new double[outputs][inputs];
  }

  public int inputs() {
    return inputs;
  }

  /// The sum of the weights so far; a penalty in this unit is one per row.
  public double weight() {
    return weight;
  }

  /// @param x one value an input
  public void add(double[] x, double y, double weight) {
    addInputs(x, weight);
    addOutput(0, x, weight * y);
  }

  /// @param x one value an input
  /// @param y one value an output
  public void add(double[] x, double[] y, double weight) {
    addInputs(x, weight);
    for (int k = 0; k < outputs; k++) {
      addOutput(k, x, weight * y[k]);
    }
  }

  private void addInputs(double[] x, double w) {
    weight += w;
    for (int i = 0; i < inputs; i++) {
      double scaled = w * x[i];
      if (scaled != 0) {
        int row = i * inputs;
        for (int j = 0; j <= i; j++) {
          gram[row + j] += scaled * x[j];
        }
      }
    }
  }

  private void addOutput(int output, double[] x, double scaled) {
    double[] sums = cross[output];
    for (int i = 0; i < inputs; i++) {
      sums[i] += scaled * x[i];
    }
  }

  /// The coefficients of the only output, expected at 0.
  ///
  /// @param penalty one positive value an input
  public double[] solve(double[] penalty) {
    return solve(penalty, new double[inputs]);
  }

  /// The coefficients of the only output.
  ///
  /// @param expected where the penalty pulls them
  public double[] solve(double[] penalty, double[] expected) {
    double[] b = cross[0].clone();
    for (int i = 0; i < inputs; i++) {
      b[i] += penalty[i] * expected[i];
    }
    return factor(penalty).solve(b);
  }

  /// The coefficients of every output, one row each, expected at 0.
  public double[][] solveAll(double[] penalty) {
    Cholesky factor = factor(penalty);
    return Arrays.stream(cross).map(factor::solve).toArray(double[][]::new);
  }

  private Cholesky factor(double[] penalty) {
    double[] penalised = gram.clone();
    for (int i = 0; i < inputs; i++) {
      penalised[i * inputs + i] += penalty[i];
    }
    return Cholesky.of(penalised, inputs);
  }
}
