package io.grace.intelligence.cause;

/// How much each feature counts in the odds of a service to be the cause, and what speaks for a
/// cause that is not watched. *Immutable.*
///
/// @param withCalls for scenes in which calls are known: one weight a feature, then the score of a
///     cause that is not watched, then what traffic from outside adds to it
/// @param withoutCalls the same for scenes without
public record Weights(double[] withCalls, double[] withoutCalls) {
  public static final int LENGTH = Features.COUNT + 2;

  public Weights {
    if (withCalls.length != LENGTH || withoutCalls.length != LENGTH) {
      throw new IllegalArgumentException(
          "weights must be " + LENGTH + ": " + withCalls.length + ", " + withoutCalls.length);
    }
    withCalls = withCalls.clone();
    withoutCalls = withoutCalls.clone();
  }

  /// Fitted by [WeightFit] on simulated fleets and rounded; see `docs/judgement-cause.md`.
  public static Weights standard() {
    return new Weights(
        new double[] {0.32, 0.14, 0.44, 0.52, 0.00, 1.00, 3.03, 2.63, -0.95, 2.71, 0.00, 1.28, 0.00, 3.13, 0.19},
        new double[] {0.32, 0.24, 0.51, 0.91, 0.00, 0.00, 4.85, 0.00, -1.22, 2.71, 0.18, 0.72, -0.45, 2.33, 0.00});
  }

  double[] of(boolean knowsCalls) {
    return knowsCalls ? withCalls : withoutCalls;
  }

  /// Unnormalised log odds: one a candidate, then that of a cause that is not watched.
  static double[] scores(Features features, double[] weights) {
    int count = features.rows().length;
    double[] scores = new double[count + 1];
    for (int i = 0; i < count; i++) {
      double[] row = features.rows()[i];
      for (int f = 0; f < row.length; f++) {
        scores[i] += weights[f] * row[f];
      }
    }
    scores[count] =
        weights[Features.COUNT] + weights[Features.COUNT + 1] * features.outside();
    return scores;
  }

  /// Scores as probabilities that sum to 1.
  static double[] softmax(double[] scores) {
    double most = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      most = Math.max(most, score);
    }
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      shares[i] = Math.exp(scores[i] - most);
      sum += shares[i];
    }
    for (int i = 0; i < shares.length; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
