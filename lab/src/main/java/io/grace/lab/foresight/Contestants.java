package io.grace.lab.foresight;

import io.grace.intelligence.forecast.AutoSmoothing;
import io.grace.intelligence.forecast.Decomposed;
import io.grace.intelligence.forecast.Forecaster;
import io.grace.intelligence.forecast.Known;
import io.grace.intelligence.forecast.Naive;
import io.grace.intelligence.forecast.Naive2;
import io.grace.intelligence.forecast.PiecewiseForecaster;
import io.grace.intelligence.forecast.RidgeAutoregression;
import io.grace.intelligence.forecast.RidgeAutoregression.Difference;
import io.grace.intelligence.forecast.RidgeAutoregression.Memory;
import io.grace.intelligence.forecast.SeasonalDrift;
import io.grace.intelligence.forecast.SeasonalNaive;
import io.grace.intelligence.forecast.Smoothing;
import io.grace.intelligence.forecast.Theta;
import io.grace.intelligence.forecast.TrailingSum;
import java.util.ArrayList;
import java.util.List;

/// Every model that has a row of its own in the tables, and what the table is measured against.
final class Contestants {
  private static final double PENALTY = 1e-3;

  private Contestants() {}

  /// What M4 measures against comes first: Naive2, which is naive where it knows no cycle.
  static List<Forecaster> againstNaive2() {
    List<Forecaster> all = new ArrayList<>(List.of(new Naive2()));
    all.addAll(againstNaive());
    return all;
  }

  /// Naive comes first.
  static List<Forecaster> againstNaive() {
    List<Forecaster> all = new ArrayList<>();
    all.add(new Naive());
    all.add(new SeasonalNaive(SeasonalNaive.Cycle.INNER));
    all.add(new SeasonalNaive(SeasonalNaive.Cycle.OUTER));
    for (Smoothing.Kind kind : Smoothing.Kind.values()) {
      all.add(new Smoothing(kind));
    }
    all.add(new AutoSmoothing());
    all.add(new Theta());
    all.add(new Decomposed());
    all.add(new PiecewiseForecaster(Known.NOTHING));
    all.add(new SeasonalDrift());
    all.add(new TrailingSum());
    for (Difference difference : Difference.values()) {
      all.add(new RidgeAutoregression(Memory.FEW, difference, true, PENALTY));
    }
    all.add(new RidgeAutoregression(Memory.FEW, Difference.NONE, false, PENALTY));
    all.add(new RidgeAutoregression(Memory.MANY, Difference.NONE, true, PENALTY));
    all.add(new RidgeAutoregression(Memory.MANY, Difference.INNER, true, PENALTY));
    all.add(new RidgeAutoregression(Memory.FEW, Difference.NONE, true, PENALTY, 4, Known.NOTHING));
    return all;
  }
}
