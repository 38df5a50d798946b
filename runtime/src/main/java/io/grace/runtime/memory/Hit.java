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
/// @param words how well the words fit, from 0; comparable within one search only
/// @param meaning how near it is to what the words are about, in [0, 1]; 0 if that is not known
record Hit(
    Hash id,
    Cell cell,
    Instant at,
    Optional<Instant> expires,
    double trust,
    Set<String> context,
    double words,
    double meaning) {
  private static final int ID = 32;
  private static final int VERSION = ID + 1 + 8 + 8 + 4;
  private static final int PLACE = VERSION + 4;
  private static final long NEVER = Long.MAX_VALUE;

  /// One that no words led to.
  static Hit of(Memory memory) {
    return new Hit(
        memory.id(),
        memory.cell(),
        memory.at(),
        memory.expires(),
        memory.trust(),
        memory.context(),
        0,
        0);
  }

  /// @param version of the [Gist] that knows the place
  static BytesRef bytes(Memory memory, int version, float[] place) {
    byte[] context = String.join("\n", memory.context()).getBytes(StandardCharsets.UTF_8);
    var bytes = ByteBuffer.allocate(PLACE + Gist.DIMENSIONS + context.length);
    bytes.put(memory.id().bytes());
    bytes.put((byte) memory.cell().index());
    bytes.putLong(Row.micros(memory.at()));
    bytes.putLong(memory.expires().map(Row::micros).orElse(NEVER));
    bytes.putFloat((float) memory.trust());
    bytes.putInt(version);
    bytes.put(Gist.packed(place));
    bytes.put(context);
    return new BytesRef(bytes.array());
  }

  /// How near a stored memory is to a place; 0 if it was placed by another version.
  static double closeness(BytesRef stored, int version, float[] place) {
    int placed = ByteBuffer.wrap(stored.bytes, stored.offset + VERSION, 4).getInt();
    return placed == version
        ? Math.max(0, Gist.closeness(place, stored.bytes, stored.offset + PLACE))
        : 0;
  }

  static Hit of(BytesRef stored, double words, double meaning) {
    var bytes = ByteBuffer.wrap(stored.bytes, stored.offset, stored.length).slice();
    byte[] id = new byte[ID];
    bytes.get(id);
    Cell cell = Cell.of(bytes.get());
    Instant at = Row.instant(bytes.getLong());
    long expires = bytes.getLong();
    double trust = bytes.getFloat();
    bytes.position(PLACE + Gist.DIMENSIONS);
    byte[] context = new byte[bytes.remaining()];
    bytes.get(context);
    return new Hit(
        Hash.of(id),
        cell,
        at,
        expires == NEVER ? Optional.empty() : Optional.of(Row.instant(expires)),
        trust,
        Row.words(new String(context, StandardCharsets.UTF_8)),
        words,
        meaning);
  }
}
