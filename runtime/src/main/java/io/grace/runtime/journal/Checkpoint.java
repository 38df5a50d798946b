package io.grace.runtime.journal;

import io.grace.core.model.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// A signed statement that a journal had this many entries and this head. *Immutable.*
///
/// Signed bytes: `"grace-checkpoint-v1\n" ‖ lp(journalId) ‖ u64(size) ‖ head ‖ i64(atMicros) ‖
/// lp(keyId)`, with `lp` and byte order as in [io.grace.core.entry.Entry].
///
/// @param size the index of the newest entry that it covers
/// @param signature Ed25519, in base64
public record Checkpoint(long size, Hash head, Instant at, String keyId, String signature) {
  static Checkpoint sign(String journalId, Head head, Instant at, SigningKey key) {
    Instant stored = Micros.truncate(at);
    byte[] message = message(journalId, head, stored, key.id());
    String signature = Base64.getEncoder().encodeToString(key.sign(message));
    return new Checkpoint(head.index(), head.hash(), stored, key.id(), signature);
  }

  private static byte[] message(String journalId, Head head, Instant at, String keyId) {
    byte[] prefix = "grace-checkpoint-v1\n".getBytes(StandardCharsets.US_ASCII);
    byte[] journal = journalId.getBytes(StandardCharsets.UTF_8);
    byte[] hash = head.hash().bytes();
    byte[] key = keyId.getBytes(StandardCharsets.UTF_8);
    int length = prefix.length + 4 + journal.length + 8 + hash.length + 8 + 4 + key.length;
    return ByteBuffer.allocate(length)
        .put(prefix)
        .putInt(journal.length)
        .put(journal)
        .putLong(head.index())
        .put(hash)
        .putLong(Micros.of(at))
        .putInt(key.length)
        .put(key)
        .array();
  }
}
