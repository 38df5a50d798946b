package io.grace.runtime.journal;

import io.grace.core.model.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The table `checkpoint`.
final class CheckpointTable {
  private static final String INSERT =
      "INSERT INTO checkpoint (size, head, at_us, key_id, signature) VALUES (?, ?, ?, ?, ?)"
          + " ON CONFLICT (size) DO NOTHING";
  private static final String COLUMNS = "size, head, at_us, key_id, signature";
  private static final String NEWEST =
      "SELECT " + COLUMNS + " FROM checkpoint ORDER BY size DESC LIMIT 1";
  private static final String RANGE =
      "SELECT " + COLUMNS + " FROM checkpoint WHERE size >= ? AND size <= ? ORDER BY size";

  private CheckpointTable() {}

  static void insert(Transaction transaction, Checkpoint checkpoint) throws SQLException {
    PreparedStatement insert = transaction.statement(INSERT);
    insert.setLong(1, checkpoint.size());
    insert.setString(2, checkpoint.head().value());
    insert.setLong(3, Micros.of(checkpoint.at()));
    insert.setString(4, checkpoint.keyId());
    insert.setString(5, checkpoint.signature());
    insert.executeUpdate();
  }

  static Optional<Checkpoint> newest(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      return read(query).stream().findFirst();
    }
  }

  /// Those whose size lies between two entries of one page, both included.
  static List<Checkpoint> between(Connection connection, long from, long to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(RANGE)) {
      query.setLong(1, from);
      query.setLong(2, to);
      return read(query);
    }
  }

  private static List<Checkpoint> read(PreparedStatement query) throws SQLException {
    List<Checkpoint> found = new ArrayList<>();
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(
            new Checkpoint(
                rows.getLong(1),
                new Hash(rows.getString(2)),
                Micros.instant(rows.getLong(3)),
                rows.getString(4),
                rows.getString(5)));
      }
    }
    return found;
  }
}
