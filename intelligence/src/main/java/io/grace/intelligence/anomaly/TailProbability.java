package io.grace.intelligence.anomaly;

import java.util.Arrays;

/// How rare a magnitude as large as this is among all that were seen, told as −log₁₀ of its tail
/// probability: 3 is once in a thousand readings. *Owned by one series; not thread-safe.*
///
/// Below the tail the probability is counted in a histogram with logarithmic bins (Masson, Rim &
/// Lee, *DDSketch*, VLDB 2019, section 2), whose counts fade with a half-life. Within the largest
/// hundredth it is a Pareto tail whose exponent is Hill's (*A Simple General Approach to Inference
/// About the Tail of a Distribution*, Annals of Statistics 3, 1975), which is the extrapolation of
/// Siffer et al., *Anomaly Detection in Streams with Extreme Value Theory*, KDD 2017, section 4,
/// restricted to heavy tails: metrics of services have them, and an exponent needs fewer extremes
/// than two parameters. GRACE shrinks the exponent to a prior, as few extremes are seen at first.
public final class TailProbability {
  private static final int KIND = 0x7A11;
  private static final int VERSION = 1;

  private static final int BINS = 640;
  private static final double LOG_RATIO = StrictMath.log(1.08);

  /// What is smaller counts as nothing; the bins reach from here to 1e11 times a unit.
  private static final double SMALLEST = 1e-10;

  private static final double LARGEST = SMALLEST * StrictMath.exp(BINS * LOG_RATIO);

  /// Two months of readings every five minutes.
  private static final double HALF_LIFE = 20_000;

  private static final double GROWTH = StrictMath.exp(StrictMath.log(2) / HALF_LIFE);
  private static final double TAIL_SHARE = 0.01;

  /// Fewer extremes say nothing of a tail.
  private static final double LEAST_EXTREMES = 5;

  /// Before extremes are seen, the tail falls as x⁻⁴.
  private static final double PRIOR_MEAN_LOG = 0.25;

  private static final double PRIOR_WEIGHT = 5;
  private static final double STEEPEST = 20;

  /// So that weights, which grow instead of letting old counts fade, stay finite.
  private static final double RESCALE_AT = 1e100;

  private final double[] counts = new double[BINS];
  private double total;
  private double weight = 1;

  /// The rarity of the magnitude among those before it, which it then joins.
  ///
  /// @param magnitude finite, at least 0
  /// @return at least 0
  public double learn(double magnitude) {
    double rarity = rarity(magnitude);
    weight *= GROWTH;
    counts[bin(magnitude)] += weight;
    total += weight;
    if (weight > RESCALE_AT) {
      rescale();
    }
    return rarity;
  }

  /// The rarity of the magnitude among those seen; 0 while there are too few.
  public double rarity(double magnitude) {
    double seen = total / weight;
    if (seen < LEAST_EXTREMES || magnitude <= SMALLEST) {
      return 0;
    }
    double wanted = Math.max(LEAST_EXTREMES, TAIL_SHARE * seen) * weight;
    int start = BINS - 1;
    double extremes = 0;
    double logs = 0;
    while (start > 0) {
      extremes += counts[start];
      logs += counts[start] * start;
      if (extremes >= wanted) {
        break;
      }
      start--;
    }
    int bin = bin(magnitude);
    if (start == 0 || bin < start) {
      return -StrictMath.log10(Math.min(1, (above(magnitude, bin) / weight + 0.5) / (seen + 1)));
    }
    double meanLog = (logs / extremes - start + 0.5) * LOG_RATIO;
    double known = extremes / weight;
    double mean = (meanLog * known + PRIOR_WEIGHT * PRIOR_MEAN_LOG) / (known + PRIOR_WEIGHT);
    double exponent = Math.min(STEEPEST, 1 / mean);
    double beyond = Math.max(0, position(magnitude) - start);
    return exponent * beyond * LOG_RATIO / StrictMath.log(10)
        - StrictMath.log10(known / (seen + 1));
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(counts).put(total).put(weight);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    in.fill(counts);
    total = in.number();
    weight = in.number();
  }

  private double above(double magnitude, int bin) {
    double sum = 0;
    for (int i = BINS - 1; i > bin; i--) {
      sum += counts[i];
    }
    double share = bin == 0 ? 1 : bin + 1 - position(magnitude);
    return sum + counts[bin] * share;
  }

  private static int bin(double magnitude) {
    return magnitude > SMALLEST ? Math.min(BINS - 1, (int) position(magnitude)) : 0;
  }

  /// Where the magnitude lies, in bins.
  private static double position(double magnitude) {
    double bounded = Math.min(LARGEST, Math.max(SMALLEST, magnitude));
    return 1 + StrictMath.log(bounded / SMALLEST) / LOG_RATIO;
  }

  private void rescale() {
    Arrays.setAll(counts, i -> counts[i] / weight);
    total /= weight;
    weight = 1;
  }
}
