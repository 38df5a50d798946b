package io.grace.lab.knowledge;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// How good a ranking is: normalized discounted cumulative gain at 10, with gain 2^grade − 1
/// (Järvelin, Kekäläinen, *Cumulated Gain-Based Evaluation of IR Techniques*, TOIS 20(4), 2002; the
/// gain is that of Burges et al., 2005).
final class Ndcg {
  static final int DEPTH = 10;
  private static final int RESAMPLES = 10_000;

  private Ndcg() {}

  static double of(List<String> ranking, Map<String, Integer> grades) {
    double ideal =
        gain(grades.values().stream().sorted(Comparator.reverseOrder()).limit(DEPTH).toList());
    return gain(ranking.stream().limit(DEPTH).map(id -> grades.getOrDefault(id, 0)).toList())
        / ideal;
  }

  private static double gain(List<Integer> grades) {
    double sum = 0;
    for (int i = 0; i < grades.size(); i++) {
      sum += (Math.pow(2, grades.get(i)) - 1) * Math.log(2) / Math.log(i + 2.0);
    }
    return sum;
  }

  /// Where the mean difference of pairs lies with 95 %: percentiles of a paired bootstrap over the
  /// questions.
  ///
  /// @return low, high
  static double[] interval(double[] with, double[] without) {
    var random = new SplittableRandom(1);
    double[] means = new double[RESAMPLES];
    for (int r = 0; r < RESAMPLES; r++) {
      double sum = 0;
      for (int i = 0; i < with.length; i++) {
        int drawn = random.nextInt(with.length);
        sum += with[drawn] - without[drawn];
      }
      means[r] = sum / with.length;
    }
    Arrays.sort(means);
    return new double[] {means[(int) (RESAMPLES * 0.025)], means[(int) (RESAMPLES * 0.975)]};
  }
}
