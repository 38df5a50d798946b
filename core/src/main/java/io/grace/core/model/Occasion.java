package io.grace.core.model;

import java.util.Map;
import java.util.Optional;

/// What a plan is made for: the incident and its surroundings. *Immutable.*
public record Occasion(Optional<Diagnosis> diagnosis, Topology topology) {
  /// For nothing in particular.
  public static final Occasion NONE = new Occasion(Optional.empty(), new Topology(Map.of()));
}
