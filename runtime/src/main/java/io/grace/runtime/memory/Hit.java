package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.util.BytesRef;

/// A memory as the index knows it, without what it says: all that ranking needs in one read.
/// *Immutable.*
///
/// @param relevance how well the words fit, from 0; comparable within one search only
record Hit(
    Hash id,
    Cell cell,
    Instant at,
    Optional<Instant> expires,
    double trust,
    Set<String> context,
    double relevance) {
  private static final int ID = 32;
  private static final long NEVER = Long.MAX_VALUE;

  static Hit of(Memory memory, double relevance) {
    return new Hit(
        memory.id(),
        memory.cell(),
        memory.at(),
        memory.expires(),
        memory.trust(),
        memory.context(),
        relevance);
  }

  static BytesRef bytes(Memory memory) {
    byte[] context = String.join("\n", memory.context()).getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(ID + 1 + 8 + 8 + 4 + context.length);
    bytes.put(memory.id().bytes());
    bytes.put((byte) memory.cell().index());
    bytes.putLong(Row.micros(memory.at()));
    bytes.putLong(memory.expires().map(Row::micros).orElse(NEVER));
    bytes.putFloat((float) memory.trust());
    bytes.put(context);
    return new BytesRef(bytes.array());
  }

  static Hit of(BytesRef stored, double relevance) {
    var bytes = ByteBuffer.wrap(stored.bytes, stored.offset, stored.length);
    byte[] id = new byte[ID];
    bytes.get(id);
    Cell cell = Cell.of(bytes.get());
    Instant at = Row.instant(bytes.getLong());
    long expires = bytes.getLong();
    double trust = bytes.getFloat();
    byte[] context = new byte[bytes.remaining()];
    bytes.get(context);
    return new Hit(
        Hash.of(id),
        cell,
        at,
        expires == NEVER ? Optional.empty() : Optional.of(Row.instant(expires)),
        trust,
        Row.words(new String(context, StandardCharsets.UTF_8)),
        relevance);
  }
}
