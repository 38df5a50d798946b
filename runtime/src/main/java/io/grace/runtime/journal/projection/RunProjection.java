package io.grace.runtime.journal.projection;

import io.grace.core.entry.Entry;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunProposed;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Done;
import io.grace.core.state.RunTable;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.codec.Payloads;
import io.grace.runtime.journal.Projection;
import io.grace.runtime.journal.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One row for each run there ever was: what was proposed and where it stands. The state comes from
/// [RunTable], as everywhere. *Owned by the writer.*
public final class RunProjection implements Projection {
  private static final Set<String> KINDS =
      Set.of(
          "run.proposed",
          "run.approved",
          "run.admitted",
          "run.rejected",
          "run.denied",
          "run.deferred",
          "run.verified",
          "run.answered",
          "run.expired",
          "run.cancelled",
          "run.observed",
          "step.started",
          "step.ended",
          "step.checked",
          "step.decided",
          "step.answered",
          "compensation.started",
          "compensation.ended");

  private static final String INSERT =
      "INSERT INTO run (id, service, playbook, diagnosis, incident, phase, acted, reason,"
          + " requested_by, proposed_us, ended_us, first_index, last_index, proposal)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String UPDATE =
      "UPDATE run SET phase = ?, acted = ?, reason = ?, ended_us = ?, last_index = ? WHERE id = ?";
  private static final String EARLIER =
      "SELECT e.idx, e.epoch, e.at_us, e.actor, e.kind, e.subject, e.payload, e.previous, e.hash"
          + " FROM entry e, run r WHERE r.id = ? AND e.idx >= r.first_index AND e.idx < ?"
          + " AND e.subject = r.id ORDER BY e.idx";

  /// Open runs and the entry up to which they are folded.
  private record Known(Run run, long index) {}

  private final Map<String, Known> open = new HashMap<>();

  @Override
  public String name() {
    return "run";
  }

  @Override
  public Set<String> kinds() {
    return KINDS;
  }

  @Override
  public void apply(Statements statements, List<Entry> entries) throws SQLException {
    Map<String, Known> changed = new LinkedHashMap<>();
    for (Entry entry : entries) {
      RunEvent event = (RunEvent) EventCodec.event(entry);
      Run next;
      if (event instanceof RunProposed proposed) {
        next = Run.start(proposed);
        insert(statements, proposed, entry.index());
      } else {
        var before = changed.get(entry.subject());
        Run run = before == null ? earlier(statements, entry) : before.run();
        next = RunTable.apply(run, event);
      }
      changed.put(entry.subject(), new Known(next, entry.index()));
    }
    PreparedStatement update = statements.of(UPDATE);
    for (Map.Entry<String, Known> row : changed.entrySet()) {
      bind(update, row.getKey(), row.getValue());
      update.addBatch();
    }
    update.executeBatch();
    changed.forEach(this::remember);
  }

  private void remember(String id, Known known) {
    if (known.run() instanceof Done) {
      open.remove(id);
    } else {
      open.put(id, known);
    }
  }

  /// From memory, unless that is of a transaction that was rolled back, or of an earlier life.
  private Run earlier(Statements statements, Entry entry) throws SQLException {
    var known = open.get(entry.subject());
    if (known != null && known.index() < entry.index()) {
      return known.run();
    }
    @Nullable Run run = null;
    PreparedStatement query = statements.of(EARLIER);
    query.setString(1, entry.subject());
    query.setLong(2, entry.index());
    try (ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        RunEvent event = (RunEvent) EventCodec.event(Archive.entry(rows));
        run = event instanceof RunProposed p ? Run.start(p) : apply(run, event);
      }
    }
    return apply(run);
  }

  private static Run apply(@Nullable Run run, RunEvent event) {
    return RunTable.apply(apply(run), event);
  }

  private static Run apply(@Nullable Run run) {
    if (run == null) {
      throw new IllegalStateException("the journal lacks the beginning of a run");
    }
    return run;
  }

  private static void insert(Statements statements, RunProposed e, long index) throws SQLException {
    PreparedStatement insert = statements.of(INSERT);
    var proposal = e.proposal();
    insert.setString(1, e.run().value());
    insert.setString(2, proposal.service().value());
    insert.setString(3, proposal.plan().playbook().value());
    insert.setString(4, proposal.diagnosis().kind().value());
    insert.setString(5, proposal.incident().value());
    insert.setString(6, "proposed");
    insert.setLong(7, 0);
    insert.setString(8, e.verdict());
    insert.setString(9, proposal.requestedBy());
    insert.setLong(10, micros(e.at()));
    insert.setNull(11, Types.BIGINT);
    insert.setLong(12, index);
    insert.setLong(13, index);
    insert.setString(14, Payloads.proposal(proposal));
    insert.executeUpdate();
  }

  private static void bind(PreparedStatement update, String id, Known known) throws SQLException {
    Run run = known.run();
    update.setString(1, run.phase().name().toLowerCase(Locale.ROOT));
    if (run instanceof Done done) {
      update.setLong(2, done.acted() ? 1 : 0);
      update.setString(3, done.reason());
      update.setLong(4, micros(done.since()));
    } else {
      boolean acted = run.phase() != Run.Phase.PROPOSED && run.phase() != Run.Phase.APPROVED;
      update.setLong(2, acted ? 1 : 0);
      update.setString(3, run.facts().verdict());
      update.setNull(4, Types.BIGINT);
    }
    update.setLong(5, known.index());
    update.setString(6, id);
  }

  static long micros(Instant at) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, at);
  }

  @Override
  public void clear(Statements statements) throws SQLException {
    open.clear();
    statements.of("DELETE FROM run").executeUpdate();
  }
}
