package io.grace.intelligence.cause;

import java.util.BitSet;

/// How likely nothing is wrong at all.
///
/// The rule: the worst stretch since is compared with the worst stretches of the blocks of the
/// normal part, over the same tracks. Those maxima are Gumbel distributed (Gumbel, *Statistics of
/// Extremes*, 1958, section 5.2), fitted by moments, with a spread that is widened for few blocks
/// and never below what noise alone shows. Since every block is the worst of all tracks, the tail
/// probability is corrected for how many were looked at. It becomes a probability by the bound of
/// Sellke, Bayarri & Berger (*Calibration of p Values for Testing Precise Null Hypotheses*,
/// American Statistician 55, 2001, section 2): the odds of nothing are at least −e·p·ln p times the
/// prior odds.
final class Quiet {
  /// Of the moments at which somebody asks, as many are about nothing as about something.
  private static final double PRIOR_ODDS = 1;

  /// As if so many blocks of noise had been seen besides.
  private static final double PRIOR_BLOCKS = 4;

  private static final double EULER = 0.5772156649;

  private Quiet() {}

  /// @param services whose tracks count
  /// @return tail probability in (0, 1] of the worst deviation, if nothing were wrong
  static double rarity(Scene scene, Deviations deviations, BitSet services) {
    double worst = 0;
    double[] blocks = new double[Deviations.BLOCKS];
    int count = 0;
    int tracks = 0;
    for (int t = 0; t < scene.tracks().size(); t++) {
      Deviation deviation = deviations.of(t);
      if (!services.get(deviation.service()) || !deviations.baseline(t).isKnown()) {
        continue;
      }
      tracks++;
      worst = Math.max(worst, deviation.sum());
      double[] normal = deviations.normal(t);
      count = Math.max(count, normal.length);
      for (int b = 0; b < normal.length; b++) {
        blocks[b] = Math.max(blocks[b], normal[b]);
      }
    }
    return tracks == 0 ? 1 : tail(worst, blocks, count, tracks);
  }

  static double tail(double worst, double[] blocks, int count, int tracks) {
    double expected = 3 + 2 * Math.log(tracks);
    double sum = PRIOR_BLOCKS * expected;
    for (int b = 0; b < count; b++) {
      sum += blocks[b];
    }
    double mean = sum / (PRIOR_BLOCKS + count);
    double squares = PRIOR_BLOCKS * NOISE_SPREAD * NOISE_SPREAD;
    for (int b = 0; b < count; b++) {
      squares += (blocks[b] - mean) * (blocks[b] - mean);
    }
    double deviation = Math.sqrt(squares / (PRIOR_BLOCKS + count));
    double scale = deviation * Math.sqrt(6) / Math.PI * (1 + 1 / Math.sqrt(PRIOR_BLOCKS + count));
    double mode = mean - EULER * scale;
    return -Math.expm1(-Math.exp(-(worst - mode) / scale));
  }

  private static final double NOISE_SPREAD = 3;

  /// The probability that nothing is wrong, given the tail probability.
  static double probability(double p) {
    if (p >= 1 / Math.E) {
      double odds = PRIOR_ODDS;
      return (odds + p) / (1 + odds + p);
    }
    double odds = PRIOR_ODDS * -Math.E * p * Math.log(Math.max(p, 1e-300));
    return odds / (1 + odds);
  }
}
