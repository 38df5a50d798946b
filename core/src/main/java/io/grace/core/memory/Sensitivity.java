package io.grace.core.memory;

/// How much harm it does if a memory gets into the wrong hands.
public enum Sensitivity {
  ORDINARY,
  /// About people, or of use to an attacker. Other domains learn that it exists, not what it says.
  SENSITIVE,
  /// For its own domain alone.
  SECRET
}
