package io.grace.runtime.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// The table `signing_key`: which key the writer signs with from which entry on.
final class KeyTable {
  private static final String INSERT =
      "INSERT INTO signing_key (from_index, key_id, public_key) VALUES (?, ?, ?)";
  private static final String CURRENT =
      "SELECT key_id FROM signing_key ORDER BY from_index DESC LIMIT 1";

  private KeyTable() {}

  static void insert(Transaction transaction, long fromIndex, SigningKey key) throws SQLException {
    PreparedStatement insert = transaction.statement(INSERT);
    insert.setLong(1, fromIndex);
    insert.setString(2, key.id());
    insert.setString(3, key.publicKeyText());
    insert.executeUpdate();
  }

  static Optional<String> currentId(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(CURRENT);
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    }
  }
}
