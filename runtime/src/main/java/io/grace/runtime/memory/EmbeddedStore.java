package io.grace.runtime.memory;

import io.grace.core.memory.Cell;
import io.grace.core.memory.Memory;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Memories in one SQLite file. *Thread-safe.*
///
/// A memory is durable when [#put] returns, and gone from the file when [#delete] returns: deleted
/// bytes are overwritten and the write-ahead log is cut off. Counters of use are kept in memory and
/// written every [#TOUCHES_KEPT] changes and at the end; a crash loses at most those.
public final class EmbeddedStore implements MemoryStore {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStore.class);
  private static final int TOUCHES_KEPT = 256;

  /// No memory has this id.
  private static final byte[] NOBODY = {};

  private final Sqlite sqlite;
  private final ReentrantLock writing = new ReentrantLock();

  /// Of those that were ever handed out, which are few.
  private final Uses uses = new Uses();

  private final Map<Hash, Use> unsaved = new ConcurrentHashMap<>();
  private final AtomicBoolean saving = new AtomicBoolean();

  private EmbeddedStore(Sqlite sqlite) {
    this.sqlite = sqlite;
  }

  /// @param directory created for this user alone if it is not there
  public static EmbeddedStore open(Path directory) throws Unavailable {
    try {
      if (Files.notExists(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      var store = new EmbeddedStore(Sqlite.open(directory.resolve("memories.db")));
      store.loadUses();
      return store;
    } catch (IOException | SQLException e) {
      throw unavailable("cannot open the memories in " + directory, e);
    }
  }

  private void loadUses() throws SQLException {
    try (var reader = sqlite.reader();
        var rows = reader.uses().executeQuery()) {
      while (rows.next()) {
        uses.put(Hash.of(rows.getBytes(1)), new Use(rows.getLong(2), Row.instant(rows.getLong(3))));
      }
    }
  }

  @Override
  public void put(Collection<Memory> memories) throws Unavailable {
    putAll(memories);
  }

  /// The same, and tells in which order they were kept.
  ///
  /// @return the number of the newest; an index that knows all up to there knows everything
  long putAll(Collection<Memory> memories) throws Unavailable {
    return write(
        "cannot keep memories",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM memory WHERE id = ?");
              var insert = connection.prepareStatement(Sqlite.INSERT)) {
            for (Memory memory : memories) {
              delete.setBytes(1, memory.id().bytes());
              delete.addBatch();
              Row.bind(insert, memory, uses.get(memory.id()).orElse(null));
              insert.addBatch();
            }
            delete.executeBatch();
            insert.executeBatch();
          }
          return newestSlot(connection);
        });
  }

  private static long newestSlot(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT max(slot) FROM memory")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Override
  public Map<Hash, Kept> get(Collection<Hash> ids) throws Unavailable {
    var found = HashMap.<Hash, Kept>newHashMap(ids.size());
    try (var reader = sqlite.reader()) {
      var some = reader.some();
      var left = ids.iterator();
      while (left.hasNext()) {
        for (int i = 1; i <= Sqlite.SOME; i++) {
          some.setBytes(i, left.hasNext() ? left.next().bytes() : NOBODY);
        }
        try (var rows = some.executeQuery()) {
          while (rows.next()) {
            var memory = Row.memory(rows);
            found.put(memory.id(), kept(memory));
          }
        }
      }
      return found;
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  private Kept kept(Memory memory) {
    return new Kept(memory, uses.get(memory.id()).orElseGet(() -> new Use(0, memory.at())));
  }

  @Override
  public List<Hash> newest(Collection<Cell> cells, Instant from, Instant until, int most)
      throws Unavailable {
    var all = new ArrayList<Timed>();
    try (var reader = sqlite.reader()) {
      var newest = reader.newest();
      for (Cell cell : cells) {
        newest.setInt(1, cell.index());
        newest.setLong(2, Row.micros(from));
        newest.setLong(3, Row.micros(until));
        newest.setInt(4, most);
        try (var rows = newest.executeQuery()) {
          while (rows.next()) {
            all.add(new Timed(Hash.of(rows.getBytes(1)), rows.getLong(2)));
          }
        }
      }
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
    all.sort((a, b) -> a.at() != b.at() ? Long.compare(b.at(), a.at()) : a.id().compareTo(b.id()));
    return all.stream().limit(most).map(Timed::id).toList();
  }

  private record Timed(Hash id, long at) {}

  @Override
  public List<Hash> expired(Instant now, int most) throws Unavailable {
    var all = new ArrayList<Hash>();
    try (var reader = sqlite.reader()) {
      var expired = reader.expired();
      expired.setLong(1, Row.micros(now));
      expired.setInt(2, most);
      try (var rows = expired.executeQuery()) {
        while (rows.next()) {
          all.add(Hash.of(rows.getBytes(1)));
        }
      }
      return all;
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  @Override
  public Map<Hash, Use> uses(Collection<Hash> ids) {
    var known = new HashMap<Hash, Use>();
    for (Hash id : ids) {
      uses.get(id).ifPresent(use -> known.put(id, use));
    }
    return known;
  }

  @Override
  public void touch(Collection<Hash> ids, Instant at) throws Unavailable {
    for (Hash id : ids) {
      unsaved.put(id, uses.touch(id, at));
    }
    // Not by whoever recalls: it would wait for the disk.
    if (unsaved.size() >= TOUCHES_KEPT && saving.compareAndSet(false, true)) {
      Thread.ofVirtual().name("grace-memory-uses").start(this::saveAside);
    }
  }

  private void saveAside() {
    try {
      saveUses();
    } catch (Unavailable e) {
      LOG.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("how memories were used is not saved yet");
    } finally {
      saving.set(false);
    }
  }

  private void saveUses() throws Unavailable {
    write(
        "cannot count uses",
        connection -> {
          try (var update =
              connection.prepareStatement("UPDATE memory SET uses = ?, used = ? WHERE id = ?")) {
            for (var use : Map.copyOf(unsaved).entrySet()) {
              update.setLong(1, use.getValue().count());
              update.setLong(2, Row.micros(use.getValue().last()));
              update.setBytes(3, use.getKey().bytes());
              update.addBatch();
              unsaved.remove(use.getKey(), use.getValue());
            }
            update.executeBatch();
          }
          return 0L;
        });
  }

  @Override
  public List<Hash> delete(Collection<Hash> ids) throws Unavailable {
    var removed = new ArrayList<Hash>();
    write(
        "cannot delete memories",
        connection -> {
          try (var delete = connection.prepareStatement("DELETE FROM memory WHERE id = ?")) {
            for (Hash id : ids) {
              delete.setBytes(1, id.bytes());
              if (delete.executeUpdate() > 0) {
                removed.add(id);
              }
            }
          }
          return 0L;
        });
    for (Hash id : ids) {
      uses.remove(id);
      unsaved.remove(id);
    }
    writing.lock();
    try {
      sqlite.cutLog();
    } catch (SQLException e) {
      throw unavailable("the write-ahead log still holds what was deleted", e);
    } finally {
      writing.unlock();
    }
    return removed;
  }

  @Override
  public void scan(Cell cell, Consumer<Kept> each) throws Unavailable {
    after(0, cell, (_, kept) -> each.accept(kept));
  }

  /// Told of a memory with its place in the order in which they were kept.
  interface Placed {
    void accept(long slot, Kept kept);
  }

  /// Those of a cell that were kept after a place, in that order.
  void after(long slot, Cell cell, Placed each) throws Unavailable {
    try (var reader = sqlite.reader();
        PreparedStatement statement = reader.prepare(Sqlite.AFTER)) {
      statement.setInt(1, cell.index());
      statement.setLong(2, slot);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          each.accept(rows.getLong(Row.COLUMNS + 1), kept(Row.memory(rows)));
        }
      }
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  /// Texts from all over the store, evenly.
  List<String> sample(int most) throws Unavailable {
    try (var reader = sqlite.reader();
        var bounds = reader.prepare("SELECT min(slot), max(slot), count(*) FROM memory");
        var next =
            reader.prepare("SELECT content FROM memory WHERE slot >= ? ORDER BY slot LIMIT 1")) {
      var texts = new ArrayList<String>();
      try (var row = bounds.executeQuery()) {
        row.next();
        long first = row.getLong(1);
        long span = row.getLong(2) - first + 1;
        long count = Math.min(most, row.getLong(3));
        for (long i = 0; i < count; i++) {
          next.setLong(1, first + i * span / count);
          try (var text = next.executeQuery()) {
            if (text.next()) {
              texts.add(text.getString(1));
            }
          }
        }
      }
      return texts;
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  /// The ids of a cell, read from its rows.
  void ids(Cell cell, Consumer<Hash> each) throws Unavailable {
    try (var reader = sqlite.reader();
        var statement = reader.prepare("SELECT id FROM memory WHERE cell = ?")) {
      statement.setInt(1, cell.index());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          each.accept(Hash.of(rows.getBytes(1)));
        }
      }
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  @Override
  public long size() throws Unavailable {
    try (var reader = sqlite.reader();
        var statement = reader.prepare("SELECT count(*) FROM memory");
        var rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw unavailable("cannot read memories", e);
    }
  }

  @Override
  public void close() throws Unavailable {
    if (!unsaved.isEmpty()) {
      saveUses();
    }
    try {
      sqlite.close();
    } catch (SQLException e) {
      throw unavailable("cannot close the memories", e);
    }
  }

  private interface Work {
    long on(Connection connection) throws SQLException;
  }

  private long write(String failure, Work work) throws Unavailable {
    writing.lock();
    try {
      return sqlite.transaction(work::on);
    } catch (SQLException e) {
      throw unavailable(failure, e);
    } finally {
      writing.unlock();
    }
  }

  private static Unavailable unavailable(String what, Exception e) {
    return new Unavailable(what + ": " + e.getMessage(), e);
  }
}
