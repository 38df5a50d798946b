package io.grace.intelligence.ranking;

import io.grace.intelligence.forecast.Normal;

/// With which probability each of several options is chosen, from independent normal beliefs about
/// what they are worth. Everything is by quadrature, so that the propensities are exact to 1e-3 and
/// nothing is drawn. *Stateless.*
///
/// - [#thompson]: the probability of being the best (Thompson, *On the Likelihood that One Unknown
///   Probability Exceeds Another*, Biometrika 25, 1933): P(i) = ∫ fᵢ(z) Π Fⱼ(z) dz.
/// - [#informed]: the mixture of two options that minimises (expected regret)² / (variance of what
///   the options are worth that knowing the best one explains): variance-based information-directed
///   sampling (Russo & Van Roy, *Learning to Optimize via Information-Directed Sampling*,
///   Operations Research 66, 2018, § 5 and algorithm 4). It does not pay for knowing what would not
///   change a choice, which Thompson sampling does.
final class Choosing {
  /// Of the grid over z; the integrands are smooth on the scale of the widest option.
  private static final int POINTS = 96;

  private static final double REACH = 5;
  private static final double NOTHING = 1e-12;

  private Choosing() {}

  /// @param mean one an option
  /// @param deviation one an option, positive
  static double[] thompson(double[] mean, double[] deviation) {
    return new Best(mean, deviation).chance;
  }

  /// See the type.
  static double[] informed(double[] mean, double[] deviation) {
    int n = mean.length;
    var best = new Best(mean, deviation);
    double top = 0;
    for (int j = 0; j < n; j++) {
      top += best.joint[j * n + j];
    }
    var regret = new double[n];
    var gain = new double[n];
    for (int i = 0; i < n; i++) {
      regret[i] = Math.max(0, top - best.mean[i]);
      for (int j = 0; j < n; j++) {
        if (best.chance[j] > NOTHING) {
          double off = best.joint[j * n + i] / best.chance[j] - best.mean[i];
          gain[i] += best.chance[j] * off * off;
        }
      }
    }
    return mixture(regret, gain);
  }

  /// The minimum of (Σ π regret)² / Σ π gain has at most two options (proposition 6 of the paper).
  private static double[] mixture(double[] regret, double[] gain) {
    int n = regret.length;
    int first = 0;
    int second = 0;
    double share = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        double r = regret[i] - regret[j];
        double g = gain[i] - gain[j];
        double inner = r == 0 || g == 0 ? 0 : regret[j] / -r - 2 * gain[j] / g;
        for (double p : new double[] {1, 0, Math.clamp(inner, 0, 1)}) {
          double both = regret[j] + p * r;
          double ratio = both * both / (gain[j] + p * g + NOTHING);
          if (ratio < least) {
            least = ratio;
            first = i;
            second = j;
            share = p;
          }
        }
      }
    }
    var chosen = new double[n];
    chosen[first] += share;
    chosen[second] += 1 - share;
    return chosen;
  }

  /// Who is the best, and what each is worth then.
  private static final class Best {
    final double[] mean;
    final double[] chance;

    /// E[worth of i; j is the best] at j·n + i.
    final double[] joint;

    Best(double[] means, double[] deviation) {
      int n = means.length;
      chance = new double[n];
      joint = new double[n * n];
      double largest = 1;
      for (double m : means) {
        largest = Math.max(largest, Math.abs(m));
      }
      double low = Double.NEGATIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      double[] floor = new double[n];
      for (int i = 0; i < n; i++) {
        // What is known exactly still needs some width to be compared.
        double width = REACH * Math.max(deviation[i], NOTHING * largest);
        high = Math.max(high, means[i] + width);
        low = Math.max(low, means[i] - width);
      }
      double step = (high - low) / POINTS;
      // A spike narrower than the grid would fall between its points.
      for (int i = 0; i < n; i++) {
        floor[i] = Math.max(deviation[i], step);
      }
      var below = new double[n];
      var under = new double[n];
      var density = new double[n];
      for (int p = 0; p < POINTS; p++) {
        double z = low + (p + 0.5) * step;
        for (int i = 0; i < n; i++) {
          double u = (z - means[i]) / floor[i];
          below[i] = Math.max(Normal.below(u), 1e-300);
          density[i] = Math.exp(-u * u / 2) / Math.sqrt(2 * Math.PI) / floor[i];
          under[i] = means[i] - floor[i] * floor[i] * density[i] / below[i];
        }
        double all = step;
        for (int i = 0; i < n; i++) {
          all *= below[i];
        }
        if (all > 0) {
          for (int j = 0; j < n; j++) {
            double weight = all * density[j] / below[j];
            chance[j] += weight;
            for (int i = 0; i < n; i++) {
              joint[j * n + i] += weight * (i == j ? z : under[i]);
            }
          }
        }
      }
      double sum = 0;
      for (double c : chance) {
        sum += c;
      }
      mean = new double[n];
      for (int j = 0; j < n; j++) {
        chance[j] /= sum;
        for (int i = 0; i < n; i++) {
          joint[j * n + i] /= sum;
          mean[i] += joint[j * n + i];
        }
      }
    }
  }
}
