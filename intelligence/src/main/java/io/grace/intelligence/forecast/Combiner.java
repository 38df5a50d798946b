package io.grace.intelligence.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Asks the models that suit a series, and combines them by how they would have done at up to
/// [#MOST_ORIGINS] earlier origins (Tashman, *Out-of-sample tests of forecasting accuracy*,
/// International Journal of Forecasting 16, 2000); see [Combination] for the weights and the guard.
public record Combiner() implements Forecaster {
  /// Each costs as much as the forecast itself, so a large pool is backtested seldom.
  private static final int RUNS = 140;

  static final int LEAST_ORIGINS = 10;
  static final int MOST_ORIGINS = 30;

  /// A model that sees less than this share of the past is another model.
  private static final double SHARE = 0.5;

  private static final int LEAST = 16;

  @Override
  public String name() {
    return "combined";
  }

  @Override
  public double[] forecast(double[] past, Seasons seasons, int horizon) {
    return combine(past, seasons, horizon).mean();
  }

  /// The combination for this past.
  public static Combination combine(double[] past, Seasons seasons, int horizon) {
    List<Forecaster> pool = Pool.suited(past, seasons);
    List<Backtest> backtests = new ArrayList<>();
    for (int origin : origins(past.length, pool.size(), seasons, horizon)) {
      backtests.add(Backtest.at(pool, past, origin, seasons, horizon));
    }
    double[][] paths = Backtest.paths(pool, past, seasons, horizon);
    return Combination.of(paths, backtests, isPositive(past));
  }

  /// Where to backtest, the newest first: a horizon apart, or so far that the origins lie all over
  /// the longest cycle, because a model that is good by day may be bad by night.
  ///
  /// @param models how many are asked
  /// @return how many values are known at each
  static int[] origins(int length, int models, Seasons seasons, int horizon) {
    int most = Math.clamp(RUNS / models, LEAST_ORIGINS, MOST_ORIGINS);
    int cycle = Math.max(seasons.inner(), seasons.outer());
    int apart = Math.max(horizon, Math.ceilDiv(cycle, most));
    int least = Math.max(LEAST, (int) (SHARE * length));
    int[] origins = new int[most];
    int count = 0;
    for (int origin = length - horizon; origin >= least && count < most; origin -= apart) {
      origins[count++] = origin;
    }
    return Arrays.copyOf(origins, count);
  }

  public static boolean isPositive(double[] past) {
    return Arrays.stream(past).allMatch(value -> value >= 0);
  }
}
