package io.grace.runtime.journal;

import java.time.Instant;

/// Who leads, under which fencing epoch, and until when without a sign of life. *Immutable.*
///
/// @param epoch 0 before the first leader, then one more for every take-over
/// @param holder `nobody` before the first leader
public record LeaseState(long epoch, String holder, Instant expires) {
  public boolean isExpired(Instant now) {
    return !now.isBefore(expires);
  }
}
