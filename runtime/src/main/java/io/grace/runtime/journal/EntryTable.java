package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import io.grace.core.model.Hash;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table `entry`.
final class EntryTable {
  /// Bounds what one page holds in memory to about 32 MB in the worst case of payloads.
  static final int PAGE = 128;

  private static final String COLUMNS =
      "idx, epoch, at_us, actor, kind, subject, payload, previous, hash";
  private static final String ROW = "(?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /// Rows per statement: a batch is cut like a sum into coins, so that few statements are prepared
  /// and each is used again and again.
  private static final int[] COINS = {100, 50, 20, 10, 5, 2, 1};

  private static final String[] INSERTS = new String[COINS.length];

  static {
    for (int i = 0; i < COINS.length; i++) {
      INSERTS[i] =
          "INSERT INTO entry (" + COLUMNS + ") VALUES " + String.join(", ", rows(COINS[i]));
    }
  }

  private static final String PAGE_FROM =
      "SELECT " + COLUMNS + " FROM entry WHERE idx >= ? AND idx <= ? ORDER BY idx";
  private static final String HEAD = "SELECT idx, hash FROM entry ORDER BY idx DESC LIMIT 1";

  private EntryTable() {}

  private static List<String> rows(int count) {
    return java.util.Collections.nCopies(count, ROW);
  }

  static void insert(Transaction transaction, List<Entry> entries) throws SQLException {
    int done = 0;
    for (int coin = 0; coin < COINS.length; coin++) {
      while (entries.size() - done >= COINS[coin]) {
        PreparedStatement insert = transaction.statement(INSERTS[coin]);
        int parameter = 1;
        for (Entry entry : entries.subList(done, done + COINS[coin])) {
          parameter = bind(insert, parameter, entry);
        }
        insert.executeUpdate();
        done += COINS[coin];
      }
    }
  }

  private static int bind(PreparedStatement insert, int from, Entry entry) throws SQLException {
    int parameter = from;
    insert.setLong(parameter++, entry.index());
    insert.setLong(parameter++, entry.epoch());
    insert.setLong(parameter++, Micros.of(entry.at()));
    insert.setString(parameter++, entry.actor());
    insert.setString(parameter++, entry.kind());
    insert.setString(parameter++, entry.subject());
    insert.setString(parameter++, entry.payload());
    insert.setString(parameter++, entry.previous().value());
    insert.setString(parameter++, entry.hash().value());
    return parameter;
  }

  /// Empty in an empty journal.
  static Optional<Head> head(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(HEAD);
        ResultSet rows = query.executeQuery()) {
      return rows.next()
          ? Optional.of(new Head(rows.getLong(1), new Hash(rows.getString(2))))
          : Optional.empty();
    }
  }

  /// At most [#PAGE] entries from an index on, in order.
  static List<Entry> page(Connection connection, long from) throws SQLException {
    return range(connection, from, from + PAGE - 1);
  }

  static Optional<Entry> entry(Connection connection, long index) throws SQLException {
    return range(connection, index, index).stream().findFirst();
  }

  private static List<Entry> range(Connection connection, long from, long to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(PAGE_FROM)) {
      query.setLong(1, from);
      query.setLong(2, to);
      List<Entry> entries = new ArrayList<>();
      try (ResultSet rows = query.executeQuery()) {
        @Nullable Hash last = null;
        while (rows.next()) {
          Entry entry = entry(rows, last);
          entries.add(entry);
          last = entry.hash();
        }
      }
      return entries;
    }
  }

  private static Entry entry(ResultSet row, @Nullable Hash last) throws SQLException {
    String previous = row.getString(8);
    return new Entry(
        row.getLong(1),
        row.getLong(2),
        Micros.instant(row.getLong(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        last != null && last.value().equals(previous) ? last : new Hash(previous),
        new Hash(row.getString(9)));
  }
}
