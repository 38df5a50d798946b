package io.grace.runtime.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// The table `lease`: one row that says who may write.
final class LeaseTable {
  private static final String TAKE =
      "UPDATE lease SET epoch = epoch + 1, holder = ?, expires_us = ? WHERE id = 1";
  private static final String READ = "SELECT epoch, holder, expires_us FROM lease WHERE id = 1";

  private static final String RELEASE = "UPDATE lease SET expires_us = ? WHERE id = 1";

  private LeaseTable() {}

  /// Waits for a write of the old holder that is under way; every later one is fenced off.
  static LeaseState take(Transaction transaction, String holder, Instant now) throws SQLException {
    PreparedStatement take = transaction.statement(TAKE);
    take.setString(1, holder);
    take.setLong(2, Micros.of(now.plus(Transaction.LEASE)));
    take.executeUpdate();
    return read(transaction.connection());
  }

  /// Within a transaction that has proved to hold it.
  static void release(Transaction transaction, Instant now) throws SQLException {
    PreparedStatement release = transaction.statement(RELEASE);
    release.setLong(1, Micros.of(now));
    release.executeUpdate();
  }

  static LeaseState read(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(READ);
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("table lease must have its one row, found none");
      }
      return new LeaseState(row.getLong(1), row.getString(2), Micros.instant(row.getLong(3)));
    }
  }
}
