package io.grace.intelligence.registry;

/// By how much a model must be better, for how long it is good, and how many are kept. *Immutable.*
///
/// @param margin a candidate's error must be this share below the active one's, in [0, 1)
/// @param tolerance the active one is rolled back when its live error is this share above its
///   parent's or naive's, 0 and more
/// @param discount weight of an observation when the next one comes, in (0, 1)
/// @param leastWeight so many discounted observations are enough to judge; below 1 / (1 −
///   discount), which is the most there can ever be
/// @param maxAgeSeconds an older one is due for training
/// @param restSeconds between two trainings at least, whatever their reason
/// @param keep so many versions at most; 3 and more: active, parent, candidate
public record RegistryRules(
    double margin,
    double tolerance,
    double discount,
    double leastWeight,
    long maxAgeSeconds,
    long restSeconds,
    int keep) {
  /// Each costs its weights.
  private static final int MOST = 100;

  /// Better by 2 % to come, worse by 5 % to go, so that noise does not make two versions swap for
  /// ever; judged on about 50 observations, and at least 20.
  public static final RegistryRules USUAL =
      new RegistryRules(0.02, 0.05, 0.98, 20, 7 * 86_400L, 3_600, 5);

  public RegistryRules {
    require(margin >= 0 && margin < 1, "margin must be in [0, 1)", margin);
    require(
        tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY,
        "tolerance must be finite, 0 and more",
        tolerance);
    require(discount > 0 && discount < 1, "discount must be in (0, 1)", discount);
    require(
        leastWeight > 0 && leastWeight < 1 / (1 - discount),
        "leastWeight must be in (0, 1 / (1 - discount))",
        leastWeight);
    require(restSeconds >= 0, "restSeconds must be 0 and more", restSeconds);
    require(maxAgeSeconds > restSeconds, "maxAgeSeconds must be above the rest", maxAgeSeconds);
    require(keep >= 3 && keep <= MOST, "keep must be in [3, " + MOST + "]", keep);
  }

  private static void require(boolean isKept, String wanted, Number found) {
    if (!isKept) {
      throw new IllegalArgumentException(wanted + ": " + found);
    }
  }
}
