package io.grace.intelligence.pattern;

/// What a [RuleMiner] looks for and how much it keeps. *Immutable.*
///
/// @param horizonSeconds how much later an effect may come, in [1, 86,400]
/// @param halfLifeSeconds after which an event counts half; at least a hundred horizons, so that
///   what is forgotten is old
/// @param mostKinds of events that are told apart, in [2, 128]; memory and state grow with the
///   square
/// @param mostPlaces that are told apart, in [1, 4,096]
/// @param minSupport how often the effect must have followed, at least 3
/// @param mostWrong of the rules that are found, the share that may be chance, in (0, 0.5]
public record MinerSettings(
    double horizonSeconds,
    double halfLifeSeconds,
    int mostKinds,
    int mostPlaces,
    double minSupport,
    double mostWrong) {
  /// Ten minutes, four weeks, 64 kinds, 256 places, 8 times, one in twenty.
  public static final MinerSettings DEFAULT =
      new MinerSettings(600, 28 * 86_400.0, 64, 256, 8, 0.05);

  public MinerSettings {
    want(horizonSeconds >= 1 && horizonSeconds <= 86_400, "horizon, in [1, 86400]", horizonSeconds);
    want(
        halfLifeSeconds >= 100 * horizonSeconds && Double.isFinite(halfLifeSeconds),
        "half-life, at least 100 horizons",
        halfLifeSeconds);
    want(mostKinds >= 2 && mostKinds <= 128, "kinds, in [2, 128]", mostKinds);
    want(mostPlaces >= 1 && mostPlaces <= 4_096, "places, in [1, 4096]", mostPlaces);
    want(minSupport >= 3 && minSupport <= 1e6, "support, in [3, 1e6]", minSupport);
    want(mostWrong > 0 && mostWrong <= 0.5, "share of wrong rules, in (0, 0.5]", mostWrong);
  }

  private static void want(boolean isRight, String what, Object found) {
    if (!isRight) {
      throw new IllegalArgumentException("wanted " + what + ": " + found);
    }
  }
}
