package io.grace.intelligence.linear;

/// The factor L of a symmetric positive definite matrix A = L·Lᵀ (Golub & Van Loan, *Matrix
/// Computations*, 4th ed., 2013, algorithm 4.2.1). *Immutable.*
public final class Cholesky {
  private final int size;

  /// Row by row; only the lower triangle is read.
  private final double[] factor;

  private Cholesky(int size, double[] factor) {
    this.size = size;
    this.factor = factor;
  }

  /// @param matrix size × size, row by row; only its lower triangle is read
  /// @throws IllegalArgumentException if it is not positive definite
  public static Cholesky of(double[] matrix, int size) {
    if (matrix.length != size * size) {
      throw new IllegalArgumentException(
          "matrix must be " + size + " x " + size + ": " + matrix.length + " cells");
    }
    double[] l = matrix.clone();
    for (int i = 0; i < size; i++) {
      int row = i * size;
      for (int j = 0; j <= i; j++) {
        int other = j * size;
        double sum = l[row + j];
        for (int k = 0; k < j; k++) {
          sum -= l[row + k] * l[other + k];
        }
        if (j < i) {
          l[row + j] = sum / l[other + j];
        } else if (sum > 0) {
          l[row + i] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException(
              "matrix must be positive definite: pivot " + i + " is " + sum);
        }
      }
    }
    return new Cholesky(size, l);
  }

  /// The x of A·x = b.
  public double[] solve(double[] b) {
    double[] x = b.clone();
    for (int i = 0; i < size; i++) {
      double sum = x[i];
      for (int k = 0; k < i; k++) {
        sum -= factor[i * size + k] * x[k];
      }
      x[i] = sum / factor[i * size + i];
    }
    for (int i = size - 1; i >= 0; i--) {
      double sum = x[i];
      for (int k = i + 1; k < size; k++) {
        sum -= factor[k * size + i] * x[k];
      }
      x[i] = sum / factor[i * size + i];
    }
    return x;
  }
}
