package io.grace.intelligence.ranking;

/// Notices that what was learnt of a member of a hierarchy foretells worse by now than nothing
/// learnt of it would: the cumulative Bayes factor against a reset, restarted where it speaks for
/// what was learnt (West & Harrison, *Monitoring and Adaptation in Bayesian Forecasting Models*,
/// JASA 81, 1986, § 3; its restart is the cumulative sum of Page, *Continuous Inspection Schemes*,
/// Biometrika 41, 1954). *Owned by its caller.*
///
/// A learner that still lags behind a steady world raises nothing: a reset would lag more.
final class ChangePoint {
  /// ln 200: the reset explains the newest outcomes 200 times as well, which chance alone does to
  /// fewer than one in 200.
  private static final double LIMIT = 5.3;

  // The cumulative log Bayes factor; owned by the owner of this.
  double against;

  /// @param learnt chance of the outcome by what was learnt, positive
  /// @param reset chance of it without that, positive
  /// @return whether what was learnt no longer holds
  boolean sees(double learnt, double reset) {
    against = Math.max(0, against + Math.log(reset / learnt));
    boolean isChanged = against > LIMIT;
    if (isChanged) {
      against = 0;
    }
    return isChanged;
  }
}
