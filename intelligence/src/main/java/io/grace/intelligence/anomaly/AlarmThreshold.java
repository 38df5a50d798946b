package io.grace.intelligence.anomaly;

/// The score from which on one series alarms, moved by [Feedback] so that the share of false alarms
/// tends to the one that people accept. *Immutable.*
///
/// The rule is that of Gibbs & Candès, *Adaptive Conformal Inference Under Distribution Shift*,
/// NeurIPS 2021, equation 2: after each answer the level moves by step × (error − accepted share of
/// errors), which holds the share in the long run whatever the series does (their proposition 4.1).
/// The level is the rarity −log₁₀(1 − score), on which equal steps are equal factors of
/// probability. GRACE adds that a missed anomaly lowers the level by a whole step, and that the
/// level has bounds: below them everything alarms, above them nothing does, and feedback would
/// never come again.
///
/// @param level 2 is a score of 0.99
public record AlarmThreshold(double level) {
  /// One alarm in five may be false before people stop reading them.
  private static final double ACCEPTED_FALSE = 0.2;

  /// Ten false alarms in a row make it eight times as rare that this series alarms.
  private static final double STEP = 0.12;

  private static final double LEAST = 1.3;
  private static final double MOST = 4;

  public AlarmThreshold {
    if (!(level >= LEAST && level <= MOST)) {
      throw new IllegalArgumentException(
          "level must be in [%s, %s]: %s".formatted(LEAST, MOST, level));
    }
  }

  /// Where every series starts: at [AnomalyDetector#ALARM].
  public static AlarmThreshold initial() {
    return new AlarmThreshold(-StrictMath.log10(1 - AnomalyDetector.ALARM));
  }

  /// Whether a score is an alarm.
  public boolean isReachedBy(double score) {
    return score >= score();
  }

  /// The least score that is an alarm.
  public double score() {
    return 1 - StrictMath.pow(10, -level);
  }

  /// The threshold after one answer; it moves by at most one step.
  public AlarmThreshold after(Feedback feedback) {
    double move =
        switch (feedback) {
          case TRUE_ALARM -> -STEP * ACCEPTED_FALSE;
          case FALSE_ALARM -> STEP * (1 - ACCEPTED_FALSE);
          case MISSED -> -STEP;
        };
    return new AlarmThreshold(Math.clamp(level + move, LEAST, MOST));
  }
}
