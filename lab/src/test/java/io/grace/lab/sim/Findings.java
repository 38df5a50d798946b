package io.grace.lab.sim;

import java.util.EnumMap;
import java.util.Map;

/// What was found broken in one world, the first of each kind.
final class Findings {
  private final Map<Invariant, String> broken = new EnumMap<>(Invariant.class);

  Map<Invariant, String> broken() {
    return broken;
  }

  void breaks(Invariant invariant, String how) {
    broken.putIfAbsent(invariant, how);
  }

  void require(boolean holds, Invariant invariant, Object how) {
    if (!holds) {
      breaks(invariant, String.valueOf(how));
    }
  }
}
