package io.grace.cli.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes that signatures of a journal are over.
final class SignedMessage {
  private static final byte[] CHECKPOINT = ChainHash.ascii("grace-checkpoint-v1\n");
  private static final byte[] ROTATION = ChainHash.ascii("grace-rotation-v1\n");

  private SignedMessage() {}

  /// `tag ‖ lp(journalId) ‖ u64(size) ‖ head ‖ i64(atMicros) ‖ lp(keyId)`
  ///
  /// @param head 32 bytes
  static byte[] checkpoint(String journalId, RawCheckpoint checkpoint, byte[] head) {
    byte[] journal = journalId.getBytes(StandardCharsets.UTF_8);
    byte[] key = checkpoint.keyId().getBytes(StandardCharsets.UTF_8);
    int length = CHECKPOINT.length + 4 + journal.length + 8 + head.length + 8 + 4 + key.length;
    ByteBuffer bytes = ByteBuffer.allocate(length).put(CHECKPOINT);
    bytes.putInt(journal.length).put(journal);
    bytes.putLong(checkpoint.size()).put(head).putLong(checkpoint.atMicros());
    return bytes.putInt(key.length).put(key).array();
  }

  /// `tag ‖ lp(journalId) ‖ the new raw public key`
  static byte[] rotation(String journalId, PublicKey next) {
    byte[] journal = journalId.getBytes(StandardCharsets.UTF_8);
    byte[] raw = next.raw();
    ByteBuffer bytes = ByteBuffer.allocate(ROTATION.length + 4 + journal.length + raw.length);
    return bytes.put(ROTATION).putInt(journal.length).put(journal).put(raw).array();
  }
}
