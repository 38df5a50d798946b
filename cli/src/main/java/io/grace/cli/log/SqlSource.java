package io.grace.cli.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// A journal in its own database, read without being able to write.
///
/// Texts are taken as the bytes that the database holds: both drivers hand them over untouched,
/// which spares decoding and encoding every field.
final class SqlSource implements LogSource {
  private static final int FETCH = 2_000;
  private static final String ENTRIES =
      "SELECT idx, epoch, at_us, actor, kind, subject, payload, previous, hash FROM entry ORDER BY idx";
  private static final String CHECKPOINTS =
      "SELECT size, head, at_us, key_id, signature FROM checkpoint ORDER BY size";

  private final String url;
  private final Properties properties;

  private SqlSource(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
  }

  /// @param url with the user; the password comes from `PGPASSWORD` or the password file, never
  ///   from an argument that others can see
  static SqlSource postgres(String url) {
    Properties properties = new Properties();
    properties.setProperty("readOnly", "true");
    properties.setProperty("ApplicationName", "grace log");
    String password = System.getenv("PGPASSWORD");
    if (password != null) {
      properties.setProperty("password", password);
    }
    return new SqlSource(url, properties);
  }

  static SqlSource sqlite(Path file) {
    Properties properties = new Properties();
    properties.setProperty("open_mode", "1"); // SQLITE_OPEN_READONLY
    properties.setProperty("busy_timeout", "5000");
    // Without a log beside it, the file alone is the database, and may lie on a read-only medium.
    boolean alone = Files.notExists(file.resolveSibling(file.getFileName() + "-wal"));
    boolean sealed = alone && !Files.isWritable(file.toAbsolutePath().resolveSibling("."));
    String uri = file.toAbsolutePath().toUri().getRawPath();
    return new SqlSource(
        "jdbc:sqlite:file:" + uri + (sealed ? "?immutable=1" : "?mode=ro"), properties);
  }

  @Override
  public void read(LogSink sink) throws IOException {
    try (Connection connection = DriverManager.getConnection(url, properties)) {
      // One transaction, so that entries and checkpoints are of the same moment.
      connection.setAutoCommit(false);
      if (url.startsWith("jdbc:postgresql:")) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      }
      try (PreparedStatement entries = connection.prepareStatement(ENTRIES);
          PreparedStatement checkpoints = connection.prepareStatement(CHECKPOINTS)) {
        entries.setFetchSize(FETCH);
        checkpoints.setFetchSize(FETCH);
        try (ResultSet entry = entries.executeQuery();
            ResultSet checkpoint = checkpoints.executeQuery()) {
          merge(entry, checkpoint, sink);
        }
      }
    } catch (SQLException e) {
      throw new IOException("cannot read the journal: " + e.getMessage(), e);
    }
  }

  /// Each checkpoint right after the entry at its size.
  private static void merge(ResultSet entries, ResultSet checkpoints, LogSink sink)
      throws SQLException {
    @Nullable RawCheckpoint next = checkpoint(checkpoints, sink);
    while (entries.next()) {
      long index = entries.getLong(1);
      while (next != null && next.size() < index) {
        sink.checkpoint(next);
        next = checkpoint(checkpoints, sink);
      }
      entry(entries, index, sink);
      while (next != null && next.size() <= index) {
        sink.checkpoint(next);
        next = checkpoint(checkpoints, sink);
      }
    }
    while (next != null) {
      sink.checkpoint(next);
      next = checkpoint(checkpoints, sink);
    }
  }

  private static void entry(ResultSet row, long index, LogSink sink) throws SQLException {
    byte[] actor = row.getBytes(4);
    byte[] kind = row.getBytes(5);
    byte[] subject = row.getBytes(6);
    byte[] payload = row.getBytes(7);
    byte[] previous = row.getBytes(8);
    byte[] hash = row.getBytes(9);
    if (actor == null
        || kind == null
        || subject == null
        || payload == null
        || previous == null
        || hash == null) {
      sink.unreadable("entry " + index, "a field is missing");
      return;
    }
    sink.entry(
        new RawEntry(
            index, row.getLong(2), row.getLong(3), actor, kind, subject, payload, previous, hash));
  }

  private static @Nullable RawCheckpoint checkpoint(ResultSet rows, LogSink sink)
      throws SQLException {
    while (rows.next()) {
      byte[] head = rows.getBytes(2);
      byte[] keyId = rows.getBytes(4);
      byte[] signature = rows.getBytes(5);
      if (head != null && keyId != null && signature != null) {
        return new RawCheckpoint(
            rows.getLong(1), text(head), rows.getLong(3), text(keyId), text(signature));
      }
      sink.unreadable("checkpoint " + rows.getLong(1), "a field is missing");
    }
    return null;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
