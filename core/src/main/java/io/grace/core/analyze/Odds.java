package io.grace.core.analyze;

/// How likely chance is.
final class Odds {
  private Odds() {}

  /// P(X ≥ k) of a Poisson distribution.
  static double poisson(int k, double mean) {
    double term = Math.exp(-mean);
    double below = 0;
    for (int i = 0; i < k; i++) {
      below += term;
      term *= mean / (i + 1);
    }
    return Math.max(0, 1 - below);
  }

  /// P(X ≥ k) of a binomial distribution.
  static double binomial(int k, int n, double p) {
    double term = Math.pow(1 - p, n);
    double below = 0;
    for (int i = 0; i < k; i++) {
      below += term;
      term *= (double) (n - i) / (i + 1) * p / (1 - p);
    }
    return Math.max(0, 1 - below);
  }
}
