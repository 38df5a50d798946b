package io.grace.intelligence.cause;

import java.util.Arrays;

/// The stretch of samples that is worst as a whole: where the sum of how strange each sample is,
/// less what a strange one must exceed, is greatest (the maximum-sum segment of Bentley,
/// *Programming Pearls*, CACM 27, 1984, over the increments of Page's CUSUM, *Continuous Inspection
/// Schemes*, Biometrika 41, 1954). Its begin is the onset, so an alarm that comes late, or an
/// incident that is over already, does not blur what is compared.
///
/// @param begin index of the first sample
/// @param end index after the last sample
/// @param sum 0 if no sample was strange
record Stretch(int begin, int end, double sum) {
  /// A sample counts as strange from this many standard deviations on.
  private static final double SLACK = 1;

  /// From here on strangeness counts by its logarithm, so that one wild sample is not an incident.
  private static final double KNEE = 3;

  private static final int REFERENCE = 5;

  /// @param z how far each sample is from normal, worse is greater; NaN where nothing was measured
  /// @param reference taken off every sample: how far off it already was before
  static Stretch worst(double[] z, int from, int until, double reference) {
    int begin = from;
    int bestBegin = from;
    int bestEnd = from;
    double sum = 0;
    double best = 0;
    for (int i = from; i < until; i++) {
      if (Double.isNaN(z[i])) {
        continue;
      }
      sum += strangeness(z[i] - reference);
      if (sum <= 0) {
        sum = 0;
        begin = i + 1;
      } else if (sum > best) {
        best = sum;
        bestBegin = begin;
        bestEnd = i + 1;
      }
    }
    return new Stretch(bestBegin, bestEnd, best);
  }

  private static double strangeness(double z) {
    double felt = z <= KNEE ? Math.max(z, -KNEE) : KNEE * (1 + Math.log(z / KNEE));
    return felt - SLACK;
  }

  /// How far off the track was just before `from`; 0 if it was not, or better than normal. Only
  /// what moved when the incident began can be a cause of it.
  ///
  /// @param earliest samples before this index belong to another time and are not looked at
  static double reference(double[] z, int earliest, int from) {
    double[] last = new double[REFERENCE];
    int count = 0;
    for (int i = from - 1; i >= earliest && count < REFERENCE; i--) {
      if (!Double.isNaN(z[i])) {
        last[count++] = z[i];
      }
    }
    if (count == 0) {
      return 0;
    }
    double[] seen = Arrays.copyOf(last, count);
    Arrays.sort(seen);
    return Math.max(0, Baseline.quantile(seen, 0.5));
  }

  boolean isEmpty() {
    return begin >= end;
  }
}
