package io.grace.intelligence.ranking;

/// Chances and their log odds. *Stateless.*
final class Odds {
  /// Nodes and weights of Gauss–Hermite quadrature for a standard normal variable, 7 points
  /// (Abramowitz & Stegun, *Handbook of Mathematical Functions*, 1964, table 25.10, scaled by √2).
  private static final double[] NODES = {
    -3.750439717725742,
    -2.366759410734541,
    -1.154405394739968,
    0,
    1.154405394739968,
    2.366759410734541,
    3.750439717725742
  };

  private static final double[] WEIGHTS = {
    0.000548268855972,
    0.030757123967586,
    0.240123178605013,
    0.457142857142857,
    0.240123178605013,
    0.030757123967586,
    0.000548268855972
  };

  private Odds() {}

  static double chance(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }

  static double of(double chance) {
    return Math.log(chance / (1 - chance));
  }

  /// Mean and mean square of the chance whose log odds are normal.
  static double[] moments(double mean, double variance) {
    double deviation = Math.sqrt(variance);
    double first = 0;
    double second = 0;
    for (int i = 0; i < NODES.length; i++) {
      double chance = chance(mean + deviation * NODES[i]);
      first += WEIGHTS[i] * chance;
      second += WEIGHTS[i] * chance * chance;
    }
    return new double[] {first, second};
  }

  /// The mode of N(mean, variance) times the likelihood of one outcome, by Newton's method: the
  /// Laplace approximation (Spiegelhalter & Lauritzen, *Sequential Updating of Conditional
  /// Probabilities on Directed Graphical Structures*, Networks 20, 1990, § 5).
  static double mode(double mean, double variance, boolean success) {
    double target = success ? 1 : 0;
    double at = mean;
    for (int i = 0; i < 12; i++) {
      double chance = chance(at);
      double slope = (at - mean) / variance - (target - chance);
      double curve = 1 / variance + chance * (1 - chance);
      // A step is held, since far from the mode the curve says little.
      at -= Math.clamp(slope / curve, -2, 2);
    }
    return at;
  }
}
