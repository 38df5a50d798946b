package io.grace.runtime.search;

import java.util.List;

/// Whether what lies on disk is what was written. *Immutable.*
///
/// @param damage what is wrong, each in a sentence; empty if nothing is
public record Soundness(List<String> damage) {
  public Soundness {
    damage = List.copyOf(damage);
  }

  public boolean isSound() {
    return damage.isEmpty();
  }
}
