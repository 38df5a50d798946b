package io.grace.core.learn;

import io.grace.core.policy.Learning.TrustCriteria;
import java.util.Locale;

/// Whether a playbook has earned it to run without an approval, for one diagnosis of one service.
/// *Immutable.*
///
/// One run that does not help takes it away at once, since the streak begins anew.
///
/// @param streak runs that helped since the last one that did not
/// @param atLeast what the chance of success is at the very least (95 %)
public record Trust(int streak, double atLeast, TrustCriteria wanted) {
  /// One-sided, 95 %.
  private static final double Z = 1.645;

  public boolean isEarned() {
    return streak >= wanted.successes() && atLeast >= wanted.chance();
  }

  /// The evidence in words.
  public String evidence() {
    return String.format(
        Locale.ROOT,
        "%d of %d runs in a row helped, and its chance is at least %.2f of the %.2f that is wanted",
        Math.min(streak, wanted.successes()),
        wanted.successes(),
        atLeast,
        wanted.chance());
  }

  /// The lower end of the Wilson score interval (Wilson, *Probable inference, the law of
  /// succession, and statistical inference*, 1927), one-sided with 95 %; 0 if nothing was tried.
  public static double atLeast(Tally tally) {
    double n = tally.runs();
    if (n == 0) {
      return 0;
    }
    double p = tally.succeeded() / n;
    double z2 = Z * Z;
    double middle = p + z2 / (2 * n);
    double wide = Z * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    return Math.max(0, (middle - wide) / (1 + z2 / n));
  }
}
