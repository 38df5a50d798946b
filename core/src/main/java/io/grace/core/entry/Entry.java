package io.grace.core.entry;

import io.grace.core.model.Hash;
import java.time.Instant;

/// One line of the journal: a draft with its place in the chain. *Immutable.*
///
/// Format 1. `hash = SHA-256("grace-entry-v1\n" ‖ u64(index) ‖ u64(epoch) ‖ i64(atMicros) ‖
/// lp(actor) ‖ lp(kind) ‖ lp(subject) ‖ lp(payload) ‖ previous)`, where `lp(s)` is the length of
/// `s` in UTF-8 bytes as u32 followed by those bytes, integers are big-endian, and `previous` is
/// the 32 bytes of the hash before it. The first entry has index 1, kind `journal.created` and as
/// `previous` the genesis: `SHA-256("grace-genesis-v1\n" ‖ lp(journalId))`.
///
/// @param index 1, 2, 3 … without a gap
/// @param epoch the writer's fencing epoch, never falling
public record Entry(
    long index,
    long epoch,
    Instant at,
    String actor,
    String kind,
    String subject,
    String payload,
    Hash previous,
    Hash hash) {
  public Entry {
    if (index < 1 || epoch < 0) {
      throw new IllegalArgumentException("index from 1, epoch from 0: " + index + ", " + epoch);
    }
  }
}
