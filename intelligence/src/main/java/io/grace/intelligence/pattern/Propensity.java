package io.grace.intelligence.pattern;

import java.util.Arrays;

/// Log odds that a pair is one of those that stand out: a mixture of two normal distributions of
/// one width, where each cause has its own chance to have effects.
///
/// What causes much causes more: a power supply's alarm has many effects, a clerk's note none.
/// Where the scores part clearly the chance of a cause hardly matters; where they do not, it
/// decides. Dempster, Laird & Rubin, *Maximum Likelihood from Incomplete Data via the EM
/// Algorithm*, 1977, §4.3, for the mixture. GRACE differs: the prior of a pair is that of its
/// cause, drawn to the common one by [#DRAWN] imagined pairs.
final class Propensity {
  private static final int ROUNDS = 200;
  private static final double DRAWN = 5;

  private Propensity() {}

  /// @param scores of the pairs `[a][b]`; the diagonal is not read
  /// @return of the same form, with 0 on the diagonal
  static double[][] logOdds(double[][] scores) {
    int n = scores.length;
    var odds = new double[n][n];
    double[] all = flat(scores);
    if (all.length < 3 || all[all.length - 1] - all[0] < 1e-9) {
      return odds;
    }
    double low = all[(int) (0.3 * (all.length - 1))];
    double high = all[(int) (0.9 * (all.length - 1))];
    double variance = Math.max(1e-6, variance(all) / 2);
    high = Math.max(high, low + Math.sqrt(variance));
    var prior = new double[n];
    Arrays.fill(prior, logit(0.25));
    for (int round = 0; round < ROUNDS; round++) {
      double in = 0;
      double inSum = 0;
      double outSum = 0;
      double square = 0;
      var byCause = new double[n];
      for (int a = 0; a < n; a++) {
        for (int b = 0; b < n; b++) {
          if (a == b) {
            continue;
          }
          double x = scores[a][b];
          odds[a][b] =
              ((x - low) * (x - low) - (x - high) * (x - high)) / (2 * variance) + prior[a];
          double z = 1 / (1 + Math.exp(-odds[a][b]));
          in += z;
          byCause[a] += z;
          inSum += z * x;
          outSum += (1 - z) * x;
          square += z * (x - high) * (x - high) + (1 - z) * (x - low) * (x - low);
        }
      }
      double common = Math.clamp(in / all.length, 0.02, 0.6);
      high = inSum / Math.max(1e-9, in);
      low = outSum / Math.max(1e-9, all.length - in);
      variance = Math.max(1e-6, square / all.length);
      if (high <= low) {
        return scores;
      }
      for (int a = 0; a < n; a++) {
        prior[a] = logit((byCause[a] + DRAWN * common) / (n - 1 + DRAWN));
      }
    }
    return odds;
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  private static double[] flat(double[][] scores) {
    int n = scores.length;
    var all = new double[n * (n - 1)];
    int at = 0;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        if (a != b) {
          all[at++] = scores[a][b];
        }
      }
    }
    Arrays.sort(all);
    return all;
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
  }
}
