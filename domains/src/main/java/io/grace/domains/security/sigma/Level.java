package io.grace.domains.security.sigma;

import java.util.Arrays;
import java.util.Locale;

/// How critical a rule is when it fires, from noise to near certainty.
public enum Level {
  INFORMATIONAL,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /// @throws Unusable if there is no such level
  public static Level of(String text) throws Unusable {
    return Arrays.stream(values())
        .filter(level -> level.word().equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new Unusable("level must be informational … critical: " + text));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isAtLeast(Level other) {
    return compareTo(other) >= 0;
  }
}
