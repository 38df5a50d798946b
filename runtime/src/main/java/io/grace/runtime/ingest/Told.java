package io.grace.runtime.ingest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One alert as its source tells it, before GRACE knows what to make of it. *Immutable.*
///
/// @param service empty if only labels can say
/// @param severity the source's word; may be empty
/// @param isFiring false if it is over
record Told(
    String name,
    Optional<String> service,
    String severity,
    boolean isFiring,
    Map<String, String> labels,
    String summary,
    Instant startsAt) {
  Told {
    labels = Map.copyOf(labels);
  }
}
