package io.grace.intelligence.pattern;

/// Lags counted by the steps of [Counts#WINDOWS], even within each. Stateless.
final class Lags {
  private Lags() {}

  /// How many are at most that share of the horizon.
  static double upTo(double[] counted, double share) {
    double sum = 0;
    double before = 0;
    for (int step = 0; step < counted.length; step++) {
      double end = Counts.WINDOWS[step];
      sum += counted[step] * Math.clamp((share - before) / (end - before), 0, 1);
      before = end;
    }
    return sum;
  }

  /// The share of the horizon by which a part of those up to a step came.
  ///
  /// @param part in (0, 1]
  static double quantile(double[] counted, int lastStep, double part) {
    double all = 0;
    for (int step = 0; step <= lastStep; step++) {
      all += counted[step];
    }
    double left = part * all;
    double before = 0;
    for (int step = 0; step <= lastStep; step++) {
      double end = Counts.WINDOWS[step];
      if (left <= counted[step] && counted[step] > 0) {
        return before + (end - before) * left / counted[step];
      }
      left -= counted[step];
      before = end;
    }
    return Counts.WINDOWS[lastStep];
  }
}
