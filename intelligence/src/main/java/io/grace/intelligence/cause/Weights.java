package io.grace.intelligence.cause;

/// How much each feature counts in the odds of a service to be the cause, and what speaks for a
/// cause that is not watched. *Immutable.*
///
/// @param withCalls for scenes in which calls are known: one weight a feature, then the score of a
///   cause that is not watched, then what traffic from outside adds to it
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
        new double[] {
          0.42, 0.19, 0.59, 0.69, 0.00, 1.32, 4.02, 3.49, -1.26, 3.59, 0.00, 1.69, 0.00, 4.14, 0.25
        },
        new double[] {
          0.42, 0.31, 0.68, 1.20, 0.00, 0.00, 6.43, 0.00, -1.61, 3.59, 0.23, 0.95, -0.60, 3.09, 0.00
        });
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
    scores[count] = weights[Features.COUNT] + weights[Features.COUNT + 1] * features.outside();
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
