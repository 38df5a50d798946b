package io.grace.core.state;

import io.grace.core.model.Alert;
import java.time.Instant;
import java.util.Optional;

/// An alert that is on, or not quite over. *Immutable.*
///
/// @param since when it came into this phase
/// @param until when the phase is decided; empty for `ACTIVE`
public record AlertState(Alert alert, Phase phase, Instant since, Optional<Instant> until) {
  public enum Phase {
    /// Heard, but damped.
    HELD,
    /// A symptom of its service.
    ACTIVE,
    /// Still a symptom, though its source says that it is over.
    EASING
  }

  /// Whether it is a symptom now.
  public boolean counts() {
    return phase != Phase.HELD;
  }
}
