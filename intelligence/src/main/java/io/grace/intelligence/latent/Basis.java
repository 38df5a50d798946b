package io.grace.intelligence.latent;

/// Vectors made orthogonal and of length one, in place.
final class Basis {
  private static final double NOTHING = 1e-12;

  private Basis() {}

  /// Gram-Schmidt, each vector twice: once is not enough in floating point, twice is (Giraud,
  /// Langou, Rozložník, van den Eshof, 2005). A vector that depends on those before becomes zero.
  static void orthonormal(double[][] vectors) {
    for (int v = 0; v < vectors.length; v++) {
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
      }
    }
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static void subtract(double[] from, double[] what, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * what[i];
    }
  }
}
