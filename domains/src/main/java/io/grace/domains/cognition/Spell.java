package io.grace.domains.cognition;

import java.time.Instant;
import java.util.Optional;

/// A time of trouble of one service, as the journal tells it. *Immutable.*
///
/// @param until empty while it lasts
record Spell(String service, Instant from, Optional<Instant> until) {
  boolean covers(Instant at) {
    return !from.isAfter(at) && (until.isEmpty() || until.get().isAfter(at));
  }
}
