package io.grace.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/// Guesses what was meant by a name that does not exist.
final class Nearest {
  /// Longer names are not slips of the pen, and the distance costs the product of the lengths.
  private static final int LONGEST = 64;

  private Nearest() {}

  /// `, did you mean 'limits'?`, or nothing if no name is near.
  static String hint(String name, Collection<String> known) {
    return to(name, known).map(n -> ", did you mean '" + n + "'?").orElse("");
  }

  private static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    int most = Math.max(1, name.length() / 3);
    return new TreeSet<>(known)
        .stream()
            .filter(k -> k.length() <= LONGEST && distance(lower, k) <= most)
            .min(Comparator.comparingInt(k -> distance(lower, k)));
  }

  /// The optimal string alignment distance: insert, delete, replace and swap neighbours cost one
  /// each (Damerau, "A technique for computer detection and correction of spelling errors", 1964).
  private static int distance(String a, String b) {
    var cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = cost[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
