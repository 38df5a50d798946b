package io.grace.intelligence.causal;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/// Which of many tests to believe, so that among those only so large a share is expected to be
/// false (Benjamini & Hochberg, *Controlling the false discovery rate*, JRSS B 57, 1995).
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /// The smallest share of false discoveries at which each test would still be believed.
  ///
  /// @param p one a test, in [0, 1]
  /// @param tests how many were made in all, those included of which no p is given; they count as
  ///   not significant
  /// @return one a test, in its order
  public static double[] adjusted(double[] p, int tests) {
    if (tests < p.length || !Arrays.stream(p).allMatch(x -> x >= 0 && x <= 1)) {
      throw new IllegalArgumentException(
          "wanted p in [0, 1] of at most %d tests: %s".formatted(tests, Arrays.toString(p)));
    }
    int[] falling =
        IntStream.range(0, p.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] adjusted = new double[p.length];
    double least = 1;
    for (int i = 0; i < falling.length; i++) {
      int rank = p.length - i;
      least = Math.min(least, p[falling[i]] * tests / rank);
      adjusted[falling[i]] = least;
    }
    return adjusted;
  }
}
