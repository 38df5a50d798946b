package io.grace.intelligence.forecast;

import io.grace.intelligence.forecast.RidgeAutoregression.Difference;
import io.grace.intelligence.forecast.RidgeAutoregression.Memory;
import io.grace.intelligence.forecast.SeasonalNaive.Cycle;
import java.util.List;

/// Which models are worth asking. They differ in what they believe of level, trend and cycles,
/// since a combination gains by errors that are not alike (Bates & Granger 1969).
public final class Pool {
  /// Weak: it only keeps coefficients that nothing supports from running wild.
  private static final double PENALTY = 1e-3;

  /// Enough for a day with a lunch break.
  private static final int PAIRS = 4;

  private static final List<Forecaster> GENERAL =
      List.of(
          new Naive(),
          new SeasonalNaive(Cycle.INNER),
          new SeasonalNaive(Cycle.OUTER),
          new AutoSmoothing(),
          new Theta(),
          new Decomposed(),
          new SeasonalDrift(),
          new RidgeAutoregression(Memory.FEW, Difference.NONE, false, PENALTY),
          new RidgeAutoregression(Memory.FEW, Difference.NONE, true, PENALTY),
          new RidgeAutoregression(Memory.FEW, Difference.NONE, true, PENALTY, PAIRS, Known.NOTHING),
          new RidgeAutoregression(Memory.FEW, Difference.STEP, false, PENALTY),
          new RidgeAutoregression(Memory.FEW, Difference.STEP, true, PENALTY),
          new RidgeAutoregression(Memory.MANY, Difference.NONE, true, PENALTY),
          new RidgeAutoregression(Memory.MANY, Difference.INNER, true, PENALTY),
          new RidgeAutoregression(Memory.FEW, Difference.OUTER, true, PENALTY));

  /// What a trailing sum will lose is known, which is no matter of opinion, and models that do not
  /// know it only add noise.
  private static final List<Forecaster> COUNTING = List.of(new Naive(), new TrailingSum());

  private Pool() {}

  /// For a series of which nothing is known; naive is the first.
  public static List<Forecaster> general() {
    return GENERAL;
  }

  /// For this series.
  public static List<Forecaster> suited(double[] past, Seasons seasons) {
    return TrailingSum.windowWithin(past, seasons) > 0 ? COUNTING : GENERAL;
  }
}
