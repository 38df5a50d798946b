package io.grace.domains.knowledge;

import java.util.Optional;

/// Where knowledge comes from, as the team configured it. *Immutable.*
///
/// @param location a directory, or what `git` would clone
/// @param branch for Git; empty takes the one that the repository calls its own
/// @param provenance how far the team trusts its origin, in [0, 1]
/// @param owner who answers for all of it
public record SourceSpec(
    String name,
    Kind kind,
    String location,
    Optional<String> branch,
    double provenance,
    Optional<String> owner) {
  /// How a source is read.
  public enum Kind {
    FOLDER,
    GIT
  }

  public SourceSpec {
    if (!(provenance >= 0 && provenance <= 1)) {
      throw new IllegalArgumentException("provenance must be in [0, 1]: " + provenance);
    }
  }
}
