package io.grace.core.memory;

/// What the journal knows of a domain that asks. *Immutable.*
///
/// @param trust in [0, 1]
/// @param used how many requests it had within the last minute
public record Standing(double trust, int used) {
  public Standing {
    if (!(trust >= 0 && trust <= 1) || used < 0) {
      throw new IllegalArgumentException("trust in [0, 1], used from 0: " + trust + ", " + used);
    }
  }
}
