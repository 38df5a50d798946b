package io.grace.intelligence.pattern;

/// How likely as much or more is by chance. Counts may be fractions, as they are when old ones
/// count less. Stateless.
///
/// The incomplete gamma and beta functions by series and by continued fractions: Abramowitz &
/// Stegun, *Handbook of Mathematical Functions*, 1964, 6.5.29, 6.5.31 and 26.5.8; Lentz,
/// *Generating Bessel Functions in Mie Scattering Calculations Using Continued Fractions*, 1976,
/// for their evaluation; ln Γ by Lanczos, *A Precision Approximation of the Gamma Function*, 1964.
final class Tails {
  private static final double TINY = 1e-300;
  private static final double CLOSE = 1e-12;
  private static final int MOST_TERMS = 500;
  private static final double[] LANCZOS = {
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Tails() {}

  /// P(N ≥ count) for a Poisson variable.
  static double poisson(double count, double mean) {
    if (count <= 0) {
      return 1;
    }
    return mean <= 0 ? 0 : 1 - upperGamma(count, mean);
  }

  /// P(N ≥ count) of `all` tries with chance `p`.
  static double binomial(double count, double all, double p) {
    if (count <= 0 || p >= 1) {
      return 1;
    }
    if (p <= 0) {
      return 0;
    }
    return beta(count, all - count + 1, p);
  }

  /// P(X ≥ x) for χ² with that many degrees of freedom.
  static double chiSquare(double x, int degrees) {
    return x <= 0 ? 1 : upperGamma(degrees / 2.0, x / 2);
  }

  static double logGamma(double x) {
    if (x < 0.5) {
      return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
    }
    double sum = 0.99999999999980993;
    for (int i = 0; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x + i);
    }
    double t = x + LANCZOS.length - 1.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }

  /// Q(a, x), the share of Γ(a) above x.
  private static double upperGamma(double a, double x) {
    double front = Math.exp(a * Math.log(x) - x - logGamma(a));
    if (x < a + 1) {
      double term = 1 / a;
      double sum = term;
      for (int n = 1; n < MOST_TERMS && term > CLOSE * sum; n++) {
        term *= x / (a + n);
        sum += term;
      }
      return Math.clamp(1 - front * sum, 0, 1);
    }
    double b = x + 1 - a;
    double c = 1 / TINY;
    double d = 1 / b;
    double f = d;
    for (int n = 1; n < MOST_TERMS; n++) {
      double an = -n * (n - a);
      b += 2;
      d = 1 / away(an * d + b);
      c = away(b + an / c);
      f *= d * c;
      if (Math.abs(d * c - 1) < CLOSE) {
        break;
      }
    }
    return Math.clamp(front * f, 0, 1);
  }

  /// I_x(a, b).
  private static double beta(double a, double b, double x) {
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return Math.clamp(
        x < (a + 1) / (a + b + 2)
            ? front * betaFraction(a, b, x) / a
            : 1 - front * betaFraction(b, a, 1 - x) / b,
        0,
        1);
  }

  private static double betaFraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / away(1 - (a + b) * x / (a + 1));
    double f = d;
    for (int m = 1; m < MOST_TERMS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / away(1 + even * d);
      c = away(1 + even / c);
      f *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / away(1 + odd * d);
      c = away(1 + odd / c);
      f *= d * c;
      if (Math.abs(d * c - 1) < CLOSE) {
        break;
      }
    }
    return f;
  }

  private static double away(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }
}
