package io.grace.lab.foresight;

import io.grace.lab.foresight.NabSeries.Window;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// The score of the Numenta Anomaly Benchmark (Lavin & Ahmad, *Evaluating Real-time Anomaly
/// Detection Algorithms*, ICMLA 2015, section II, as version 1.1 computes it): one threshold for
/// all series, an early alarm in a window is worth most, only the best of a window counts, and
/// every alarm outside costs, less so just after a window.
final class NabScorer {
  private NabScorer() {}

  /// What a true alarm is worth, and what a false and a missed one cost.
  enum Profile {
    STANDARD(1, 0.11, 1),
    LOW_FP(1, 0.22, 1),
    LOW_FN(1, 0.11, 2);

    final double tp;
    final double fp;
    final double fn;

    Profile(double tp, double fp, double fn) {
      this.tp = tp;
      this.fp = fp;
      this.fn = fn;
    }
  }

  /// A series and the score of each of its rows.
  record Scored(NabSeries series, double[] scores) {
    Scored {
      if (scores.length != series.values().length) {
        throw new IllegalArgumentException(
            "one score a row of "
                + series.name()
                + ": "
                + scores.length
                + " for "
                + series.values().length);
      }
    }
  }

  /// @param raw the sum that this threshold earns
  record Best(double threshold, double raw) {}

  private record Row(int series, int row, double score) {}

  /// The threshold that earns most on all of them together.
  static Best best(List<Scored> all, Profile profile) {
    Row[] rows =
        IntStream.range(0, all.size())
            .boxed()
            .flatMap(s ->
                IntStream.range(all.get(s).series.probation(), all.get(s).scores.length)
                    .mapToObj(i -> new Row(s, i, all.get(s).scores[i])))
            .toArray(Row[]::new);
    Arrays.sort(rows, Comparator.comparingDouble((Row row) -> -row.score));
    double[][] earned =
        all.stream().map(scored -> missed(scored.series, profile)).toArray(double[][]::new);
    double sum = Arrays.stream(earned).flatMapToDouble(Arrays::stream).sum();
    Best best = new Best(Double.POSITIVE_INFINITY, sum);
    for (int i = 0; i < rows.length; i++) {
      Row row = rows[i];
      sum += gain(all.get(row.series).series, row.row, profile, earned[row.series]);
      boolean isLastOfItsScore = i + 1 == rows.length || rows[i + 1].score < row.score;
      if (isLastOfItsScore && sum > best.raw) {
        best = new Best(row.score, sum);
      }
    }
    return best;
  }

  /// What one threshold earns.
  static double raw(Scored scored, double threshold, Profile profile) {
    double[] earned = missed(scored.series, profile);
    double sum = Arrays.stream(earned).sum();
    for (int i = scored.series.probation(); i < scored.scores.length; i++) {
      if (scored.scores[i] >= threshold) {
        sum += gain(scored.series, i, profile, earned);
      }
    }
    return sum;
  }

  /// 0 for a detector that says nothing, 100 for a perfect one.
  static double normalised(double raw, int windows, Profile profile) {
    return 100 * (raw + profile.fn * windows) / ((profile.tp + profile.fn) * windows);
  }

  static int windows(List<Scored> all) {
    return all.stream().mapToInt(scored -> scored.series.windows().size()).sum();
  }

  private static double[] missed(NabSeries series, Profile profile) {
    double[] earned = new double[series.windows().size()];
    Arrays.fill(earned, -profile.fn);
    return earned;
  }

  /// What an alarm at the row adds to the sum.
  ///
  /// @param earned by each window so far; raised here
  private static double gain(NabSeries series, int row, Profile profile, double[] earned) {
    List<Window> windows = series.windows();
    int before = -1;
    for (int w = 0; w < windows.size(); w++) {
      Window window = windows.get(w);
      if (window.holds(row)) {
        double early = -(double) (window.last() - row + 1) / window.width();
        double gain = Math.max(0, profile.tp * sigmoid(early) / sigmoid(-1) - earned[w]);
        earned[w] += gain;
        return gain;
      }
      before = window.last() < row ? w : before;
    }
    if (before < 0) {
      return -profile.fp;
    }
    Window last = windows.get(before);
    return profile.fp * sigmoid((double) (row - last.last()) / (last.width() - 1));
  }

  private static double sigmoid(double y) {
    return y > 3 ? -1 : 2 / (1 + Math.exp(5 * y)) - 1;
  }
}
