package io.grace.intelligence.cause;

import java.util.Set;

/// An earlier incident whose cause was found out. *Immutable.*
///
/// @param causes what had caused it, as indices into the services of the scene; at least one
/// @param suffering who suffered
/// @param weight how far that is to be believed, in (0, 1]
public record Case(Set<Integer> causes, Set<Integer> suffering, double weight) {
  public Case {
    causes = Set.copyOf(causes);
    suffering = Set.copyOf(suffering);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("a case has at least one cause");
    }
    if (!(weight > 0 && weight <= 1)) {
      throw new IllegalArgumentException("weight must be in (0, 1]: " + weight);
    }
  }

  /// How much it looked like this: the share of those who suffered in either that suffered in both
  /// (Jaccard, *The distribution of the flora in the alpine zone*, New Phytologist 11, 1912).
  double likeness(Set<Integer> now) {
    long both = suffering.stream().filter(now::contains).count();
    return both == 0 ? 0 : (double) both / (suffering.size() + now.size() - both);
  }
}
