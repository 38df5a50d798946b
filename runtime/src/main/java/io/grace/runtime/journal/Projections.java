package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The registered projections, fed within the writer's transaction.
final class Projections {
  private static final String UP_TO_DATE =
      "SELECT 1 FROM projection WHERE name = ? AND version = ? AND epoch = ?";
  private static final String MARK =
      "INSERT INTO projection (name, version, epoch) VALUES (?, ?, ?) ON CONFLICT (name)"
          + " DO UPDATE SET version = excluded.version, epoch = excluded.epoch";

  private final List<Projection> all;
  private final List<Set<String>> kinds;

  Projections(List<Projection> all) {
    this.all = List.copyOf(all);
    this.kinds = this.all.stream().map(projection -> Set.copyOf(projection.kinds())).toList();
    if (this.all.stream().map(Projection::name).distinct().count() != this.all.size()) {
      throw new IllegalArgumentException(
          "projections must have different names: "
              + this.all.stream().map(Projection::name).toList());
    }
  }

  void apply(Statements statements, List<Entry> entries) throws SQLException {
    for (int i = 0; i < all.size(); i++) {
      List<Entry> wanted = wanted(kinds.get(i), entries);
      if (!wanted.isEmpty()) {
        all.get(i).apply(statements, wanted);
      }
    }
  }

  /// Rebuilds those that did not see everything: an entry of the last epoch, or of an earlier one,
  /// may have been written without them.
  void catchUp(Transaction transaction, long epoch) throws SQLException {
    for (int i = 0; i < all.size(); i++) {
      Projection projection = all.get(i);
      if (!isUpToDate(transaction, projection, epoch - 1)) {
        projection.clear(transaction::statement);
        replay(transaction, projection, kinds.get(i));
      }
      PreparedStatement mark = transaction.statement(MARK);
      mark.setString(1, projection.name());
      mark.setLong(2, projection.version());
      mark.setLong(3, epoch);
      mark.executeUpdate();
    }
  }

  private static boolean isUpToDate(Transaction transaction, Projection projection, long epoch)
      throws SQLException {
    PreparedStatement query = transaction.statement(UP_TO_DATE);
    query.setString(1, projection.name());
    query.setLong(2, projection.version());
    query.setLong(3, epoch);
    try (ResultSet rows = query.executeQuery()) {
      return rows.next();
    }
  }

  private static void replay(Transaction transaction, Projection projection, Set<String> kinds)
      throws SQLException {
    Connection connection = transaction.connection();
    List<Entry> page = EntryTable.page(connection, 1);
    while (!page.isEmpty()) {
      List<Entry> wanted = wanted(kinds, page);
      if (!wanted.isEmpty()) {
        projection.apply(transaction::statement, wanted);
      }
      page = EntryTable.page(connection, page.getLast().index() + 1);
    }
  }

  private static List<Entry> wanted(Set<String> kinds, List<Entry> entries) {
    List<Entry> wanted = new ArrayList<>(entries.size());
    for (Entry entry : entries) {
      if (kinds.contains(entry.kind())) {
        wanted.add(entry);
      }
    }
    return wanted;
  }
}
