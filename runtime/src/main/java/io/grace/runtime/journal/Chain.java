package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.model.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Gives drafts their place and their hash, as core's [Entry] defines it. *Owned by the writer.*
///
/// One buffer and one digest are used for all entries, and the raw hash is carried from one to the
/// next, so that an entry costs one pass over its bytes.
final class Chain {
  private static final byte[] ENTRY = "grace-entry-v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GENESIS = "grace-genesis-v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;

  private final MessageDigest sha256 = Hash.newSha256();
  private byte[] buffer = new byte[4096];
  private int length;

  /// What the first entry of this journal has as its previous hash.
  static Hash genesis(String journalId) {
    Chain chain = new Chain();
    chain.put(GENESIS);
    chain.put(journalId);
    return Hash.of(chain.digest());
  }

  /// The drafts as the entries that follow `head`.
  List<Entry> extend(Head head, long epoch, List<Draft> drafts) {
    List<Entry> entries = new ArrayList<>(drafts.size());
    Hash previous = head.hash();
    byte[] raw = previous.bytes();
    long index = head.index();
    for (Draft draft : drafts) {
      index++;
      raw = hash(index, epoch, draft, raw);
      Hash hash = Hash.of(raw);
      entries.add(
          new Entry(
              index,
              epoch,
              draft.at(),
              draft.actor(),
              draft.kind(),
              draft.subject(),
              draft.payload(),
              previous,
              hash));
      previous = hash;
    }
    return entries;
  }

  private byte[] hash(long index, long epoch, Draft draft, byte[] previous) {
    put(ENTRY);
    putLong(index);
    putLong(epoch);
    putLong(Micros.of(draft.at()));
    put(draft.actor());
    put(draft.kind());
    put(draft.subject());
    put(draft.payload());
    put(previous);
    return digest();
  }

  private byte[] digest() {
    sha256.update(buffer, 0, length);
    length = 0;
    byte[] digest = sha256.digest();
    if (digest.length != HASH_BYTES) {
      throw new IllegalStateException("SHA-256 must give 32 bytes: " + digest.length);
    }
    return digest;
  }

  private void put(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    reserve(Integer.BYTES);
    int size = bytes.length;
    buffer[length++] = (byte) (size >>> 24);
    buffer[length++] = (byte) (size >>> 16);
    buffer[length++] = (byte) (size >>> 8);
    buffer[length++] = (byte) size;
    put(bytes);
  }

  private void putLong(long value) {
    reserve(Long.BYTES);
    for (int shift = 56; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (value >>> shift);
    }
  }

  private void put(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, length, bytes.length);
    length += bytes.length;
  }

  private void reserve(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
    }
  }
}
