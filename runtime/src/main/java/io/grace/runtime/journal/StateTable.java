package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import io.grace.core.model.Hash;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// The table `state_snapshot`: the last few folded states.
final class StateTable {
  /// The newest may be damaged or of a newer format after a downgrade; two more are cheap.
  static final int KEPT = 3;

  /// Far above any real state; bounds what a damaged or hostile row can unpack to.
  static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final String INSERT =
      "INSERT INTO state_snapshot (size, head, at_us, format, body, hash) VALUES (?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (size) DO UPDATE SET at_us = excluded.at_us, format = excluded.format,"
          + " body = excluded.body, hash = excluded.hash";
  private static final String PRUNE =
      "DELETE FROM state_snapshot WHERE size NOT IN"
          + " (SELECT size FROM state_snapshot ORDER BY size DESC LIMIT "
          + KEPT
          + ")";
  private static final String NEWEST_FIRST =
      "SELECT size, head, at_us, format, body, hash FROM state_snapshot ORDER BY size DESC LIMIT "
          + KEPT;

  private StateTable() {}

  static void insert(Transaction transaction, StateBlob state, String body) throws SQLException {
    PreparedStatement insert = transaction.statement(INSERT);
    insert.setLong(1, state.size());
    insert.setString(2, state.head().value());
    insert.setLong(3, Micros.of(state.at()));
    insert.setLong(4, state.format());
    insert.setString(5, body);
    insert.setString(6, Hash.of(Hash.newSha256().digest(state.bytes())).value());
    insert.executeUpdate();
    transaction.statement(PRUNE).executeUpdate();
  }

  /// The newest one that is whole and whose head is the chain's at that size.
  static Optional<StateBlob> newest(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST_FIRST);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        Optional<Entry> last = EntryTable.entry(connection, rows.getLong(1));
        String head = rows.getString(2);
        if (last.isPresent() && last.get().hash().value().equals(head)) {
          Optional<byte[]> bytes = unpack(rows.getString(5), rows.getString(6));
          if (bytes.isPresent()) {
            return Optional.of(
                new StateBlob(
                    rows.getLong(1),
                    last.get().hash(),
                    Micros.instant(rows.getLong(3)),
                    Math.toIntExact(rows.getLong(4)),
                    bytes.get()));
          }
        }
      }
      return Optional.empty();
    }
  }

  static String pack(byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "a state must have at most " + MAX_BYTES + " bytes: " + bytes.length);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be written", e);
    }
    return Base64.getEncoder().encodeToString(packed.toByteArray());
  }

  private static Optional<byte[]> unpack(String body, String hash) {
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(body)))) {
      byte[] bytes = gzip.readNBytes(MAX_BYTES);
      boolean whole = Hash.of(Hash.newSha256().digest(bytes)).value().equals(hash);
      return whole ? Optional.of(bytes) : Optional.empty();
    } catch (IOException | IllegalArgumentException _) {
      return Optional.empty(); // damaged: an older state and a longer replay will do
    }
  }
}
