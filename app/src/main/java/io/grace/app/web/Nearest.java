package io.grace.app.web;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Guesses which known name was meant.
final class Nearest {
  /// Longer names are no slips of the pen, and the distance costs the product of the lengths.
  private static final int LONGEST = 64;

  private Nearest() {}

  static Optional<String> to(String name, Collection<String> known) {
    if (name.length() > LONGEST) {
      return Optional.empty();
    }
    int most = Math.max(1, name.length() / 3);
    return known.stream()
        .filter(k -> distance(name, k) <= most)
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k));
  }

  /// Insertions, deletions and replacements (Levenshtein, 1966), one row at a time.
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
