package io.grace.intelligence.online;

/// The experts' answers mixed by how well each did of late, behind a guard.
///
/// Weights fall exponentially with the mean absolute error: Hedge (Freund & Schapire, *A
/// Decision-Theoretic Generalization of On-Line Learning*, 1997) with discounted losses
/// (Cesa-Bianchi & Lugosi, *Prediction, Learning, and Games*, 2006, §2.11), whose discount does
/// what the share does in *Tracking the Best Expert* (Herbster & Warmuth, 1998): who fell behind
/// long ago can lead again. GRACE measures losses in those of the naive forecast, so that no scale
/// has to be known.
///
/// The guard: where the mixture itself was not clearly better than the naive forecast of late, the
/// naive forecast is the answer. Stateless; losses lie in the slice.
final class Mixture {
  /// Share of the newest score in a mean error, so some three hundred are remembered.
  private static final double NEWEST = 0.003;

  /// How steeply weights fall with the error, once enough scores are in.
  private static final double STEEP = 50;

  /// So many scores count half.
  private static final double HALF = 30;

  /// The mixture must be better than naive by so much.
  private static final double MARGIN = 0.01;

  /// An error counts for at most so many mean ones of the naive forecast: a level that shifts once
  /// must not decide for hundreds of scores.
  private static final double MOST = 20;

  private Mixture() {}

  /// The mixed answer, without guard.
  static double mix(Slice s, Layout layout, double[] answers) {
    int experts = layout.experts;
    int losses = layout.lossAt;
    double naive = s.get(losses + Experts.NAIVE);
    if (naive <= 0) {
      return answers[Experts.NAIVE];
    }
    double least = naive;
    for (int i = 1; i < experts; i++) {
      least = Math.min(least, s.get(losses + i));
    }
    int scored = s.count(Layout.SCORED);
    double steep = STEEP * scored / (scored + HALF) / naive;
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < experts; i++) {
      double weight = Math.exp(-steep * (s.get(losses + i) - least));
      weights += weight;
      sum += weight * answers[i];
    }
    return sum / weights;
  }

  /// Whether the mixture has earned to be the answer. Few scores must speak the clearer.
  static boolean isTrusted(Slice s, Layout layout) {
    double margin = MARGIN + 1.0 / (s.count(Layout.SCORED) + 2);
    double naive = s.get(layout.lossAt + Experts.NAIVE);
    return s.get(layout.lossAt + layout.experts) < (1 - margin) * naive;
  }

  /// @param answersAt where in the slice's array the experts' answers lie, the mixed one after them
  static void judge(Slice s, Layout layout, int answersAt, double actual) {
    int scored = s.count(Layout.SCORED);
    double newest = Math.max(NEWEST, 1.0 / (scored + 1));
    double naive = s.get(layout.lossAt + Experts.NAIVE);
    double most = scored < HALF || naive <= 0 ? Double.MAX_VALUE : MOST * naive;
    for (int i = 0; i <= layout.experts; i++) {
      double loss = s.get(layout.lossAt + i);
      double error = Math.min(most, Math.abs(actual - s.f[answersAt + i]));
      s.set(layout.lossAt + i, loss + newest * (error - loss));
    }
  }
}
