package io.grace.core.spi;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Keeps memories. *Thread-safe.*
///
/// Shaped so that hashes and sorted sets can serve it: a memory is a hash under its id, each [Cell]
/// is a sorted set of ids by time, expiry is one more sorted set, and counters of use are a hash.
public interface MemoryStore extends AutoCloseable {
  /// How often a memory was handed out, and when last.
  record Use(long count, Instant last) {}

  /// @param use how it was used; a count of 0 and the memory's own time if never
  record Kept(Memory memory, Use use) {}

  /// Keeps them, durable on return. One with a known id replaces the earlier one and keeps its use.
  void put(Collection<Memory> memories) throws Unavailable;

  /// Those that are there, in no order.
  Map<Hash, Kept> get(Collection<Hash> ids) throws Unavailable;

  /// The newest of the cells with a time in [from, until), the newest first.
  ///
  /// @param most at least 1
  List<Hash> newest(Collection<Cell> cells, Instant from, Instant until, int most)
      throws Unavailable;

  /// Those that expired before or at this moment.
  List<Hash> expired(Instant now, int most) throws Unavailable;

  /// How those that were ever handed out were used.
  Map<Hash, Use> uses(Collection<Hash> ids) throws Unavailable;

  /// Counts that they were handed out. May become durable later, since losing a count does no harm.
  void touch(Collection<Hash> ids, Instant at) throws Unavailable;

  /// Removes them for good, durable on return: no part of the store can be made to show them again.
  ///
  /// @return those that were there
  List<Hash> delete(Collection<Hash> ids) throws Unavailable;

  /// Shows every memory of a cell once, in no order.
  void scan(Cell cell, Consumer<Kept> each) throws Unavailable;

  long size() throws Unavailable;

  @Override
  void close() throws Unavailable;

  /// The store cannot be used now.
  final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
