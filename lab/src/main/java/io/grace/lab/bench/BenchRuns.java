package io.grace.lab.bench;

import io.grace.core.entry.Entry;
import io.grace.runtime.journal.Projection;
import io.grace.runtime.journal.Statements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A projection as the console needs it: the newest event of every run. Like GRACE's own, it writes
/// a run once for all of its events in a batch.
final class BenchRuns implements Projection {
  static final String DDL =
      "CREATE TABLE bench_run (run TEXT PRIMARY KEY, kind TEXT NOT NULL, actor TEXT NOT NULL,"
          + " at_us BIGINT NOT NULL, idx BIGINT NOT NULL)";

  @Override
  public String name() {
    return "bench_run";
  }

  @Override
  public Set<String> kinds() {
    return Set.of("run.proposed", "run.finished");
  }

  @Override
  public void apply(Statements statements, List<Entry> entries) throws SQLException {
    Map<String, Entry> newest = new LinkedHashMap<>();
    entries.forEach(entry -> newest.put(entry.subject(), entry));
    PreparedStatement upsert =
        statements.of(
            "INSERT INTO bench_run (run, kind, actor, at_us, idx) VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (run) DO UPDATE SET kind = excluded.kind, actor = excluded.actor,"
                + " at_us = excluded.at_us, idx = excluded.idx");
    for (Entry entry : newest.values()) {
      upsert.setString(1, entry.subject());
      upsert.setString(2, entry.kind());
      upsert.setString(3, entry.actor());
      upsert.setLong(4, ChronoUnit.MICROS.between(Instant.EPOCH, entry.at()));
      upsert.setLong(5, entry.index());
      upsert.addBatch();
    }
    upsert.executeBatch();
  }

  @Override
  public void clear(Statements statements) throws SQLException {
    statements.of("DELETE FROM bench_run").executeUpdate();
  }
}
