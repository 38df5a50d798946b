package io.grace.core.policy;

import io.grace.core.model.Impact;
import java.util.EnumMap;
import java.util.Map;

/// How many people must agree, by impact. *Immutable.*
///
/// @param needed for a run that needs approval, 1–5 for every impact
/// @param override for a run outside the change windows, 1–5
public record Approvals(Map<Impact, Integer> needed, int override) {
  public static final Approvals DEFAULTS =
      new Approvals(Map.of(Impact.LOW, 1, Impact.MEDIUM, 1, Impact.HIGH, 2, Impact.CRITICAL, 2), 1);

  private static final int MOST = 5;

  public Approvals {
    var copy = new EnumMap<Impact, Integer>(Impact.class);
    for (Impact impact : Impact.values()) {
      copy.put(impact, inRange(impact.name(), needed.getOrDefault(impact, 2)));
    }
    needed = Map.copyOf(copy);
    inRange("override", override);
  }

  public int needed(Impact impact) {
    return needed.getOrDefault(impact, MOST);
  }

  private static int inRange(String what, int count) {
    if (count < 1 || count > MOST) {
      throw new IllegalArgumentException(
          "approvals for " + what + " must be 1–" + MOST + ": " + count);
    }
    return count;
  }
}
