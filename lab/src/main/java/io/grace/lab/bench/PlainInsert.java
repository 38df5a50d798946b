package io.grace.lab.bench;

import io.grace.core.entry.Draft;
import io.grace.core.model.Hash;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

/// The peer: the same rows into a table of the same form, one multi-row statement and one durable
/// commit for each group, and nothing else. Its hashes are made beforehand.
final class PlainInsert implements AutoCloseable {
  private static final String TABLE =
      "CREATE TABLE bench_plain (idx %s NOT NULL PRIMARY KEY, epoch BIGINT NOT NULL,"
          + " at_us BIGINT NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,"
          + " payload TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)";
  private static final List<String> HASHES =
      IntStream.range(0, 1_000).mapToObj(i -> Hash.sha256("row " + i).value()).toList();

  private final Connection connection;
  private final PreparedStatement insert;
  private long index;

  private PlainInsert(Connection connection, String rowkey, int group) throws SQLException {
    this.connection = connection;
    try (var statement = connection.createStatement()) {
      statement.execute(TABLE.formatted(rowkey));
      statement.execute(BenchRuns.DDL);
    }
    connection.setAutoCommit(false);
    String rows = String.join(", ", Collections.nCopies(group, "(?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    this.insert = connection.prepareStatement("INSERT INTO bench_plain VALUES " + rows);
  }

  /// With the settings that the journal uses.
  static PlainInsert sqlite(Path file, int group) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "FULL");
    return new PlainInsert(
        DriverManager.getConnection("jdbc:sqlite:" + file, settings), "INTEGER", group);
  }

  static PlainInsert postgres(String url, String user, String password, int group)
      throws SQLException {
    return new PlainInsert(DriverManager.getConnection(url, user, password), "BIGINT", group);
  }

  void insert(List<Draft> drafts) throws SQLException {
    int parameter = 1;
    for (Draft draft : drafts) {
      index++;
      insert.setLong(parameter++, index);
      insert.setLong(parameter++, 1);
      insert.setLong(parameter++, ChronoUnit.MICROS.between(Instant.EPOCH, draft.at()));
      insert.setString(parameter++, draft.actor());
      insert.setString(parameter++, draft.kind());
      insert.setString(parameter++, draft.subject());
      insert.setString(parameter++, draft.payload());
      insert.setString(parameter++, HASHES.get((int) (index % HASHES.size())));
      insert.setString(parameter++, HASHES.get((int) ((index + 1) % HASHES.size())));
    }
    insert.executeUpdate();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
