package io.grace.intelligence.ranking;

/// Notices that successes come clearly more or less often than was foretold: two cumulative sums of
/// log likelihood ratios, restarted at 0 (Page, *Continuous Inspection Schemes*, Biometrika 41,
/// 1954; Lorden, *Procedures for Reacting to a Change in Distribution*, Annals of Mathematical
/// Statistics 42, 1971). *Owned by its caller.*
final class ChangePoint {
  /// The change looked for, in log odds: from 0.5 to 0.82 or 0.18.
  private static final double SHIFT = 1.5;

  /// ln 200: at most one false alarm in 200 outcomes, by Wald's inequality.
  private static final double LIMIT = 5.3;

  double rise;
  double fall;

  /// @param odds log odds that were foretold
  /// @return whether what was learnt before no longer holds
  boolean sees(double odds, boolean success) {
    rise = Math.max(0, rise + ratio(odds, odds + SHIFT, success));
    fall = Math.max(0, fall + ratio(odds, odds - SHIFT, success));
    boolean isChanged = rise > LIMIT || fall > LIMIT;
    if (isChanged) {
      rise = 0;
      fall = 0;
    }
    return isChanged;
  }

  private static double ratio(double odds, double other, boolean success) {
    double sign = success ? 1 : -1;
    return Odds.logChance(sign * other) - Odds.logChance(sign * odds);
  }
}
