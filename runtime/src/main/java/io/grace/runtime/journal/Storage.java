package io.grace.runtime.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.grace.runtime.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Where a journal lies. All that differs between SQLite and PostgreSQL is in here: how a
/// connection is set up. *Thread-safe.*
public final class Storage implements AutoCloseable {
  /// A writer of another process holds a row for milliseconds; a person's tool perhaps for seconds.
  private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

  /// The writer keeps one; the rest serve the console's queries, which are short.
  private static final int CONNECTIONS = 6;

  private final String name;
  private final DataSource writers;
  private final DataSource readers;
  private final AutoCloseable resource;

  /// What SQLite appends to before it goes into the file; empty on PostgreSQL.
  private final Optional<Path> log;

  /// Set once, by whoever closes; without its lock the file must not be written any more.
  private volatile boolean closed;

  private Storage(
      String name,
      DataSource writers,
      DataSource readers,
      AutoCloseable resource,
      Optional<Path> log) {
    this.name = name;
    this.log = log;
    this.writers = writers;
    this.readers = readers;
    this.resource = resource;
  }

  /// One file, created if need be with its directory, which no other process can have open as a
  /// writer.
  public static Storage sqlite(Path file) throws JournalException {
    createPrivate(file);
    StoreLock lock = StoreLock.take(file);
    String url = "jdbc:sqlite:" + file.toAbsolutePath();
    SQLiteConfig durable = new SQLiteConfig();
    durable.setJournalMode(SQLiteConfig.JournalMode.WAL);
    durable.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    durable.setBusyTimeout((int) LOCK_WAIT.toMillis());
    SQLiteDataSource writers = new SQLiteDataSource(durable);
    writers.setUrl(url);
    SQLiteConfig readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    readOnly.setBusyTimeout((int) LOCK_WAIT.toMillis());
    SQLiteDataSource readers = new SQLiteDataSource(readOnly);
    readers.setUrl(url);
    return migrated(
        new Storage(file.toString(), writers, readers, lock, Optional.of(logOf(file))), "INTEGER");
  }

  /// A journal that another process may be writing, for reading only: nothing is locked, created or
  /// brought up to date.
  ///
  /// @throws JournalException if there is no such file
  public static Storage sqliteReadOnly(Path file) throws JournalException {
    if (!Files.isRegularFile(file)) {
      throw new JournalException(Kind.GIVE_UP, "there is no journal at " + file);
    }
    SQLiteConfig readOnly = new SQLiteConfig();
    readOnly.setReadOnly(true);
    readOnly.setBusyTimeout((int) LOCK_WAIT.toMillis());
    SQLiteDataSource readers = new SQLiteDataSource(readOnly);
    readers.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return new Storage(file.toString(), readers, readers, () -> {}, Optional.of(logOf(file)));
  }

  /// @param url such as `jdbc:postgresql://db.example/grace`, without credentials
  public static Storage postgres(String url, String user, String password) throws JournalException {
    HikariConfig config = new HikariConfig();
    config.setPoolName("grace-journal");
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(LOCK_WAIT.toMillis());
    config.addDataSourceProperty("ApplicationName", "grace");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // A server that vanished without a word must not hold the loop for ever.
    config.addDataSourceProperty("socketTimeout", "60");
    config.setConnectionInitSql(
        "SET synchronous_commit = on; SET lock_timeout = " + LOCK_WAIT.toMillis());
    try {
      HikariDataSource pool = new HikariDataSource(config);
      return migrated(new Storage(url, pool, pool, pool, Optional.empty()), "BIGINT");
    } catch (RuntimeException e) { // Hikari throws its own for a server that is not there
      throw new JournalException(
          Kind.RETRY, "cannot connect to " + url + " as " + user + ": " + e.getMessage(), e);
    }
  }

  private static Path logOf(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static Storage migrated(Storage storage, String rowkey) throws JournalException {
    try {
      Flyway.configure(Storage.class.getClassLoader())
          .dataSource(storage.writers)
          .locations("classpath:db/migration")
          .placeholders(Map.of("rowkey", rowkey))
          .load()
          .migrate();
      return storage;
    } catch (FlywayException e) {
      storage.close();
      throw new JournalException(
          Kind.GIVE_UP,
          "cannot bring the schema of " + storage.name + " up to date: " + e.getMessage(),
          e);
    }
  }

  private static void createPrivate(Path file) throws JournalException {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      if (Files.notExists(file)) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      }
    } catch (IOException e) {
      throw new JournalException(
          Kind.GIVE_UP, "cannot create " + file + "; check its directory: " + e, e);
    }
  }

  /// For messages: the file or the URL.
  public String name() {
    return name;
  }

  /// A connection of its own for a writer of transactions, each of which must begin with a write:
  /// on SQLite a lock that is asked for after reading is refused instead of waited for.
  Connection writer() throws SQLException {
    refuseIfClosed();
    Connection connection = writers.getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  /// Questions to the store; they change nothing.
  @FunctionalInterface
  public interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  /// Asks on a connection for queries, which on SQLite cannot write.
  ///
  /// A server that was restarted leaves broken connections in the pool, at most as many as it
  /// holds. A question may be asked again, so they cost nobody an answer.
  public <T> T read(Query<T> query) throws SQLException {
    for (int broken = 0; ; broken++) {
      refuseIfClosed();
      try (Connection connection = readers.getConnection()) {
        try {
          return query.run(connection);
        } catch (SQLException e) {
          if (!SqlFailure.isBroken(e) || broken == CONNECTIONS) {
            throw e;
          }
        }
      }
    }
  }

  /// How long the write-ahead log of SQLite is; 0 on PostgreSQL, whose server sees to its own.
  public long logBytes() {
    try {
      return log.isPresent() ? Files.size(log.get()) : 0;
    } catch (IOException _) {
      return 0; // There is none yet, or none any more.
    }
  }

  /// Brings what the write-ahead log holds into the file and cuts the log down to nothing.
  ///
  /// @return false if a reader or the writer stood in the way
  public boolean truncateLog() throws JournalException {
    if (log.isEmpty()) {
      return true;
    }
    try {
      refuseIfClosed();
      try (Connection connection = writers.getConnection();
          Statement statement = connection.createStatement();
          ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        return answer.next() && answer.getInt(1) == 0;
      }
    } catch (SQLException e) {
      throw new JournalException(
          Kind.RETRY, "cannot shorten the log of " + name + ": " + e.getMessage(), e);
    }
  }

  private void refuseIfClosed() throws SQLException {
    if (closed) {
      throw new SQLException("closed by this process", SqlFailure.CLOSED);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot release " + name, e);
    }
  }
}
