package io.grace.domains.series;

import java.util.Optional;
import java.util.Set;

/// What was measured lately, by series. *Thread-safe.*
public interface SeriesSource {
  Set<SeriesId> known();

  /// The newest values that no longer change; fewer than asked for if there are no more.
  ///
  /// @return empty if there are none
  Optional<Recorded> newest(SeriesId id, int length);
}
