package io.grace.intelligence.anomaly;

/// How unlikely the recent mean of a raw score is among its own past, as −log₁₀ of the tail
/// probability: many half-strange readings in a row are stranger than one. *Owned by one series;
/// not thread-safe.*
///
/// The anomaly likelihood of Ahmad, Lavin, Purdy & Agha, *Unsupervised Real-time Anomaly Detection
/// for Streaming Data*, Neurocomputing 262, 2017, section 3.2, with its short window. There the
/// past of the mean is taken to be normal; GRACE takes the tail as it is ([TailProbability]), since
/// raw scores are skewed and a normal tail makes every second spike one in a million.
public final class AnomalyLikelihood {
  private static final int KIND = 0xA11E;
  private static final int VERSION = 1;

  private final double[] recent;
  private final TailProbability tail = new TailProbability();
  private long seen;

  /// @param recent over how many readings the score is averaged, at least 1
  public AnomalyLikelihood(int recent) {
    if (recent < 1) {
      throw new IllegalArgumentException("must average 1 reading or more: " + recent);
    }
    this.recent = new double[recent];
  }

  /// @param rawScore finite, at least 0
  public double learn(double rawScore) {
    recent[(int) (seen % recent.length)] = rawScore;
    seen++;
    double sum = 0;
    for (double score : recent) {
      sum += score;
    }
    return tail.learn(sum / recent.length);
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(recent).put(seen);
    tail.save(out);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    in.fill(recent);
    seen = in.longInteger();
    tail.load(in);
  }
}
