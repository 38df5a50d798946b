package io.grace.intelligence.pattern;

import java.util.Comparator;
import java.util.stream.IntStream;

/// How many of what is found may be chance. Stateless.
final class FalseDiscovery {
  private FalseDiscovery() {}

  /// The q-values of Benjamini & Hochberg, *Controlling the False Discovery Rate*, 1995, §3: for
  /// each test the smallest share of false discoveries at which it would be found.
  ///
  /// Theirs, not the correction for any dependence (Benjamini & Yekutieli, 2001), which would cost
  /// a factor of eight here: each p-value is the largest of four and so mostly far too large, and
  /// two pairs' tests move together or not at all.
  ///
  /// @param p of the tests that may be found
  /// @param tests all of them, at least as many: the others count as not found
  static double[] qValues(double[] p, int tests) {
    int[] order =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> p[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    var q = new double[p.length];
    double least = 1;
    for (int i = 0; i < order.length; i++) {
      int rank = order.length - i;
      least = Math.min(least, p[order[i]] * Math.max(tests, p.length) / rank);
      q[order[i]] = least;
    }
    return q;
  }
}
