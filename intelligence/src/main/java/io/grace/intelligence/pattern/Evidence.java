package io.grace.intelligence.pattern;

/// How much one more case speaks for chance rather than for a rule, as a logarithm. Stateless.
final class Evidence {
  /// A rule is compared with most of what it was, for that was found and so is flattered.
  private static final double OF_CONFIDENCE = 0.8;

  private Evidence() {}

  /// Above 0.
  static double ofMiss(Rule rule) {
    double chance = chance(rule);
    return Math.log((1 - chance) / (1 - holding(rule, chance)));
  }

  /// How much less a hit speaks for chance than none.
  static double ofHit(Rule rule) {
    double chance = chance(rule);
    return Math.log(holding(rule, chance) / chance);
  }

  private static double chance(Rule rule) {
    return Math.clamp(rule.byChance() / Math.max(1, rule.cases()), 0.005, 0.9);
  }

  private static double holding(Rule rule, double chance) {
    double beyond = Math.max(0.02, rule.confidence() - chance);
    return Math.min(0.98, chance + OF_CONFIDENCE * beyond);
  }
}
