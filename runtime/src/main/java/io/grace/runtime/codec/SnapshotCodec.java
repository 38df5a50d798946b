package io.grace.runtime.codec;

import io.grace.core.state.Snapshot;
import tools.jackson.core.JacksonException;

/// The folded state as bytes, so that a start need not replay everything. *Thread-safe.*
public final class SnapshotCodec {
  /// Raised when a snapshot's records change; older blobs are then ignored and the journal
  /// replayed.
  public static final int FORMAT = 8;

  private SnapshotCodec() {}

  public static byte[] bytes(Snapshot snapshot) {
    return Json.COMPACT.writeValueAsBytes(snapshot);
  }

  /// @throws JacksonException if the bytes are not a snapshot of this format
  public static Snapshot snapshot(byte[] bytes) {
    return Json.COMPACT.readValue(bytes, Snapshot.class);
  }
}
