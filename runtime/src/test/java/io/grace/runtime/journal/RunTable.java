package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// A small projection for tests: the last kind of event of each run.
class RunTable implements Projection {
  static final String DDL = "CREATE TABLE run_test (run TEXT PRIMARY KEY, last_kind TEXT NOT NULL)";

  @Override
  public String name() {
    return "run_test";
  }

  @Override
  public Set<String> kinds() {
    return Set.of("run.proposed", "run.approved");
  }

  @Override
  public void apply(Statements statements, List<Entry> entries) throws SQLException {
    PreparedStatement upsert =
        statements.of(
            "INSERT INTO run_test (run, last_kind) VALUES (?, ?)"
                + " ON CONFLICT (run) DO UPDATE SET last_kind = excluded.last_kind");
    for (Entry entry : entries) {
      upsert.setString(1, entry.subject());
      upsert.setString(2, entry.kind());
      upsert.addBatch();
    }
    upsert.executeBatch();
  }

  @Override
  public void clear(Statements statements) throws SQLException {
    statements.of("DELETE FROM run_test").executeUpdate();
  }

  static int rows(Storage storage) throws SQLException {
    return storage.read(connection -> {
      try (var statement = connection.createStatement();
          ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM run_test")) {
        rows.next();
        return rows.getInt(1);
      }
    });
  }
}
