package io.grace.runtime.memory;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// The file of an [EmbeddedStore]: one connection that writes, and a few that read. *Thread-safe*
/// for readers; the writer is guarded by its owner.
final class Sqlite {
  private static final Duration BUSY = Duration.ofSeconds(5);

  /// Recalls are short; more at once would only wait for the disk.
  private static final int READERS = 4;

  private static final int LOG_CUTS = 50;

  private static final List<String> SCHEMA =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS memory (
            slot INTEGER PRIMARY KEY AUTOINCREMENT,
            id BLOB NOT NULL UNIQUE,
            cell INTEGER NOT NULL,
            at INTEGER NOT NULL,
            expires INTEGER,
            trust REAL NOT NULL,
            context TEXT NOT NULL,
            content TEXT NOT NULL,
            uses INTEGER NOT NULL,
            used INTEGER NOT NULL)
          """,
          "CREATE INDEX IF NOT EXISTS memory_cell_at ON memory (cell, at)",
          "CREATE INDEX IF NOT EXISTS memory_expires ON memory (expires) WHERE expires IS NOT NULL",
          "CREATE INDEX IF NOT EXISTS memory_used ON memory (uses) WHERE uses > 0");

  static final String INSERT =
      "INSERT INTO memory (id, cell, at, expires, trust, context, content, uses, used)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  static final String AFTER =
      "SELECT id, cell, at, expires, trust, context, content, slot FROM memory"
          + " WHERE cell = ? AND slot > ? ORDER BY slot";

  /// Rows that one statement reads: starting it costs more than a row does.
  static final int SOME = 10;

  private static final String SOME_ROWS =
      "SELECT id, cell, at, expires, trust, context, content FROM memory WHERE id IN (?"
          + ", ?".repeat(SOME - 1)
          + ")";

  private static final String NEWEST =
      "SELECT id, at FROM memory WHERE cell = ? AND at >= ? AND at < ? ORDER BY at DESC LIMIT ?";

  private static final String EXPIRED =
      "SELECT id FROM memory WHERE expires IS NOT NULL AND expires <= ? ORDER BY expires LIMIT ?";

  private static final String USES = "SELECT id, uses, used FROM memory WHERE uses > 0";

  private final Connection writer;
  private final BlockingQueue<Reader> readers = new ArrayBlockingQueue<>(READERS);

  private Sqlite(Connection writer) {
    this.writer = writer;
  }

  static Sqlite open(Path file) throws SQLException {
    var durable = new SQLiteConfig();
    durable.setJournalMode(JournalMode.WAL);
    durable.setSynchronous(SynchronousMode.FULL);
    durable.setBusyTimeout((int) BUSY.toMillis());
    var sqlite = new Sqlite(source(file, durable).getConnection());
    try (var statement = sqlite.writer.createStatement()) {
      statement.execute("PRAGMA secure_delete = ON");
      for (String part : SCHEMA) {
        statement.execute(part);
      }
    }
    sqlite.writer.setAutoCommit(false);
    var readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    readOnly.setBusyTimeout((int) BUSY.toMillis());
    for (int i = 0; i < READERS; i++) {
      sqlite.readers.add(sqlite.new Reader(source(file, readOnly).getConnection()));
    }
    return sqlite;
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  interface Work {
    long on(Connection connection) throws SQLException;
  }

  long transaction(Work work) throws SQLException {
    boolean isDone = false;
    try {
      long result = work.on(writer);
      writer.commit();
      isDone = true;
      return result;
    } finally {
      if (!isDone) {
        writer.rollback();
      }
    }
  }

  /// Moves everything from the write-ahead log into the file, and overwrites the log's end.
  void cutLog() throws SQLException {
    writer.commit();
    writer.setAutoCommit(true);
    try (var statement = writer.createStatement()) {
      for (int i = 0; i < LOG_CUTS; i++) {
        try (var row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
          if (row.next() && row.getInt(1) == 0) {
            return;
          }
        }
      }
    } finally {
      writer.setAutoCommit(false);
    }
    throw new SQLException("readers are in the way of cutting the write-ahead log");
  }

  /// Waits for a free one, with a limit.
  Reader reader() throws SQLException {
    try {
      var reader = readers.poll(BUSY.toMillis(), TimeUnit.MILLISECONDS);
      if (reader == null) {
        throw new SQLException("no reader became free within " + BUSY);
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    }
  }

  /// A connection that reads; closing it gives it back.
  final class Reader implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement some;
    private final PreparedStatement newest;
    private final PreparedStatement expired;
    private final PreparedStatement uses;

    Reader(Connection connection) throws SQLException {
      this.connection = connection;
      this.some = connection.prepareStatement(SOME_ROWS);
      this.newest = connection.prepareStatement(NEWEST);
      this.expired = connection.prepareStatement(EXPIRED);
      this.uses = connection.prepareStatement(USES);
    }

    /// Rows by up to [#SOME] ids.
    PreparedStatement some() {
      return some;
    }

    PreparedStatement newest() {
      return newest;
    }

    PreparedStatement expired() {
      return expired;
    }

    PreparedStatement uses() {
      return uses;
    }

    PreparedStatement prepare(String sql) throws SQLException {
      return connection.prepareStatement(sql);
    }

    @Override
    public void close() {
      readers.add(this);
    }
  }

  void close() throws SQLException {
    var all = new ArrayList<Reader>();
    readers.drainTo(all);
    for (Reader reader : all) {
      reader.connection.close();
    }
    writer.close();
  }
}
