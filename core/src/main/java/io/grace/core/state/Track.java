package io.grace.core.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was tried lately for one (service, diagnosis, playbook), for backoff. *Immutable.*
///
/// @param failuresInARow since the last success or recovery
/// @param lastFailure when backoff counts from
public record Track(int failuresInARow, Optional<Instant> lastFailure) {
  public static final Track NONE = new Track(0, Optional.empty());

  Track afterFailure(Instant at) {
    return new Track(failuresInARow + 1, Optional.of(at));
  }

  /// The newest `most` of all, the newest last.
  static <T> List<T> remember(List<T> known, T next, int most) {
    var all = new ArrayList<>(known);
    all.add(next);
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }
}
