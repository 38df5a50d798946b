package io.grace.intelligence.pattern;

/// One kind of event follows another: what was counted, how sure that is, and how long it takes.
/// *Immutable.* Old cases count less, so counts are fractions.
///
/// @param cause and `effect`: kinds
/// @param cases in which the cause came; one that repeats before the effect is one case
/// @param followed by the effect within the window
/// @param byChance how many would have been followed anyway
/// @param withinSeconds the window
/// @param medianSeconds half of the effects came by then, and `mostSeconds`: nine in ten
/// @param p that chance does as well, the largest of four tests
/// @param q the share of wrong rules at which this one would be found
/// @param foretold cases since it became a rule, and `cameTrue` of them: the honest record
public record Rule(
    String cause,
    String effect,
    double cases,
    double followed,
    double byChance,
    double withinSeconds,
    double medianSeconds,
    double mostSeconds,
    double p,
    double q,
    double foretold,
    double cameTrue) {
  /// How much the cases before the rule was found count against those after, in cases: they found
  /// it, and so flatter it.
  private static final double WEIGHT_BEFORE = 4;

  /// The share of cases that are followed: the mean of a Beta distribution.
  public double confidence() {
    return (followed + 0.5) / (cases + 1);
  }

  /// How many times as often as by chance.
  public double lift() {
    return (followed + 0.5) / (byChance + 0.5);
  }

  /// How often it will be right: the mean of a Beta distribution of what it foretold since it was
  /// found, on a prior of [#WEIGHT_BEFORE] cases from before.
  public double precision() {
    return (cameTrue + WEIGHT_BEFORE * confidence()) / (foretold + WEIGHT_BEFORE);
  }

  /// Such as "`orders queue_depth` follows `payments latency` within 4 min in 17 of 20 cases; by
  /// chance 2 would".
  public String sentence() {
    return "`%s` follows `%s` within %s in %d of %d cases; by chance %d would"
        .formatted(
            effect,
            cause,
            told(mostSeconds),
            Math.round(followed),
            Math.round(cases),
            Math.round(byChance));
  }

  private static String told(double seconds) {
    if (seconds < 90) {
      return Math.max(1, (long) Math.ceil(seconds)) + " s";
    }
    return seconds < 5_400
        ? (long) Math.ceil(seconds / 60) + " min"
        : (long) Math.ceil(seconds / 3_600) + " h";
  }
}
