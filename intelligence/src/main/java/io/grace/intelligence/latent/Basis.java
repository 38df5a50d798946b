package io.grace.intelligence.latent;

/// Vectors made orthogonal and of length one, in place.
final class Basis {
  private static final double NOTHING = 1e-12;

  private Basis() {}

  /// Gram-Schmidt, each vector twice: once is not enough in floating point, twice is (Giraud,
  /// Langou, Rozložník, van den Eshof, 2005). A vector that depends on those before becomes zero.
  static void orthonormal(double[] beside, int size) {
    double[][] vectors = apart(beside, size);
    for (int v = 0; v < size; v++) {
      double before = Math.sqrt(dot(vectors[v], vectors[v]));
      for (int pass = 0; pass < 2; pass++) {
        for (int u = 0; u < v; u++) {
          subtract(vectors[v], vectors[u], dot(vectors[v], vectors[u]));
        }
      }
      double length = Math.sqrt(dot(vectors[v], vectors[v]));
      double scale = length > NOTHING * before ? 1 / length : 0;
      for (int i = 0; i < vectors[v].length; i++) {
        vectors[v][i] *= scale;
        beside[i * size + v] = vectors[v][i];
      }
    }
  }

  /// Vectors that lie side by side, each by itself.
  static double[][] apart(double[] beside, int size) {
    double[][] vectors = new double[size][size == 0 ? 0 : beside.length / size];
    for (int v = 0; v < size; v++) {
      for (int i = 0; i < vectors[v].length; i++) {
        vectors[v][i] = beside[i * size + v];
      }
    }
    return vectors;
  }

  /// Four sums at once, as the next addition need not wait for the last.
  static double dot(double[] a, double[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int i = 0;
    for (; i + 3 < a.length; i += 4) {
      first += a[i] * b[i];
      second += a[i + 1] * b[i + 1];
      third += a[i + 2] * b[i + 2];
      fourth += a[i + 3] * b[i + 3];
    }
    for (; i < a.length; i++) {
      first += a[i] * b[i];
    }
    return first + second + third + fourth;
  }

  private static void subtract(double[] from, double[] what, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * what[i];
    }
  }
}
