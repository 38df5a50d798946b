package io.grace.lab.foresight;

import io.grace.intelligence.forecast.Accuracy;
import io.grace.intelligence.forecast.Combination;
import io.grace.intelligence.forecast.Combiner;
import io.grace.intelligence.forecast.Forecast;
import io.grace.intelligence.forecast.Forecaster;
import io.grace.intelligence.forecast.Seasons;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// One series up to an origin, and what came then.
///
/// @param lag what errors are scaled by: the mean change of the past over so many steps
record Outing(double[] past, double[] actual, Seasons seasons, int lag) {
  /// What intervals claim.
  static final double COVERAGE = 0.95;

  private static final int THREADS = 2;

  /// How a model did, or the combination of all.
  ///
  /// @param width the interval score, scaled; NaN for a model that has no intervals
  record Score(double smape, double mase, double width, double covered, boolean isNaive) {}

  /// The scores of each outing: of the models in their order, then of the combination.
  static List<Score[]> scores(List<Outing> outings, List<Forecaster> models) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Score[]>> tasks = new ArrayList<>();
      for (Outing outing : outings) {
        tasks.add(() -> outing.scores(models));
      }
      List<Score[]> scores = new ArrayList<>();
      for (var done : threads.invokeAll(tasks)) {
        scores.add(done.get());
      }
      return scores;
    }
  }

  private Score[] scores(List<Forecaster> models) {
    Score[] scores = new Score[models.size() + 1];
    for (int m = 0; m < models.size(); m++) {
      double[] path = models.get(m).forecast(past, seasons, actual.length);
      scores[m] = score(path, Double.NaN, Double.NaN, false);
    }
    Combination all = Combiner.combine(past, seasons, actual.length);
    Forecast forecast = all.within(COVERAGE);
    double width = scaled(Accuracy.intervalScore(actual, forecast, COVERAGE));
    scores[models.size()] =
        score(all.mean(), width, Accuracy.covered(actual, forecast), all.isNaive());
    return scores;
  }

  private Score score(double[] path, double width, double covered, boolean isNaive) {
    return new Score(
        Accuracy.smape(actual, path), scaled(Accuracy.mae(actual, path)), width, covered, isNaive);
  }

  private double scaled(double error) {
    double scale = Accuracy.scale(past, lag);
    return scale == 0 ? 0 : error / scale;
  }

  /// The mean over the outings of model m's scores.
  static Score mean(List<Score[]> scores, int m) {
    double[] sums = new double[5];
    for (Score[] row : scores) {
      Score s = row[m];
      double[] values = {s.smape, s.mase, s.width, s.covered, s.isNaive ? 1 : 0};
      for (int i = 0; i < sums.length; i++) {
        sums[i] += values[i] / scores.size();
      }
    }
    return new Score(sums[0], sums[1], sums[2], sums[3], sums[4] >= 0.5);
  }

  /// In how many outings the guard took the naive forecast.
  static long guarded(List<Score[]> scores) {
    return scores.stream().filter(row -> row[row.length - 1].isNaive).count();
  }

  /// Whatever is not the last `cut` values, with the next `horizon` to come.
  static Outing before(double[] values, int cut, int horizon, Seasons seasons, int lag) {
    int origin = values.length - cut;
    return new Outing(
        Arrays.copyOf(values, origin),
        Arrays.copyOfRange(values, origin, origin + horizon),
        seasons,
        lag);
  }
}
