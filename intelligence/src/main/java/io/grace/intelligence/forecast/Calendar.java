package io.grace.intelligence.forecast;

/// Sines and cosines of the cycles: where in the day and in the week a step is (Harvey & Shephard,
/// *Structural time series models*, Handbook of Statistics 11, 1993, section 2.2; Taylor & Letham,
/// *Forecasting at Scale*, The American Statistician 72, 2018, section 3.2). *Immutable.*
///
/// @param inner pairs for the shorter cycle
/// @param outer pairs for the longer one; those that the shorter cycle has already are left out
record Calendar(int period, int inner, int outerPeriod, int outer) {
  /// @param pairs at most so many a cycle; fewer where the cycle has no faster waves, and none
  ///   where the past does not hold it twice
  static Calendar of(Seasons seasons, int length, int pairs) {
    int period = seasons.innerWithin(length, 2);
    int outerPeriod = seasons.longest(length, 2);
    boolean hasOuter = outerPeriod > period;
    return new Calendar(
        period,
        period > 1 ? Math.min(pairs, (period - 1) / 2) : 0,
        hasOuter ? outerPeriod : 1,
        hasOuter ? Math.min(pairs, outerPeriod / period - 1) : 0);
  }

  int count() {
    return 2 * (inner + outer);
  }

  /// Writes the waves at step t.
  int write(int t, double[] into, int at) {
    at = waves(t, period, inner, into, at);
    return waves(t, outerPeriod, outer, into, at);
  }

  private static int waves(int t, int period, int pairs, double[] into, int at) {
    double angle = 2 * Math.PI * (t % period) / period;
    for (int k = 1; k <= pairs; k++) {
      into[at++] = Math.sin(k * angle);
      into[at++] = Math.cos(k * angle);
    }
    return at;
  }
}
