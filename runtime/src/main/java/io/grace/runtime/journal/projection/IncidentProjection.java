package io.grace.runtime.journal.projection;

import io.grace.core.entry.Entry;
import io.grace.core.event.Event.IncidentAcknowledged;
import io.grace.core.event.Event.IncidentDiagnosed;
import io.grace.core.event.Event.IncidentEscalated;
import io.grace.core.event.Event.IncidentEvent;
import io.grace.core.event.Event.IncidentNoted;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.event.Event.IncidentReopened;
import io.grace.core.event.Event.IncidentResolved;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.journal.Projection;
import io.grace.runtime.journal.Statements;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One row for each incident there ever was. *Owned by the writer.*
public final class IncidentProjection implements Projection {
  private static final String INSERT =
      "INSERT INTO incident (id, service, severity, state, opened_us, first_index, last_index)"
          + " VALUES (?, ?, ?, 'open', ?, ?, ?)";
  private static final String DIAGNOSE =
      "UPDATE incident SET diagnosis = ?, reason = ?, severity = ?, last_index = ? WHERE id = ?";
  private static final String RESOLVE =
      "UPDATE incident SET state = 'resolved', resolved_us = ?, recovery = ?, last_index = ?"
          + " WHERE id = ?";
  private static final String REOPEN =
      "UPDATE incident SET state = 'open', resolved_us = NULL, recovery = NULL, last_index = ?"
          + " WHERE id = ?";
  private static final String TOUCH = "UPDATE incident SET last_index = ? WHERE id = ?";

  @Override
  public String name() {
    return "incident";
  }

  @Override
  public Set<String> kinds() {
    return Set.of(
        "incident.opened",
        "incident.diagnosed",
        "incident.acknowledged",
        "incident.escalated",
        "incident.noted",
        "incident.resolved",
        "incident.reopened");
  }

  @Override
  public void apply(Statements statements, List<Entry> entries) throws SQLException {
    for (Entry entry : entries) {
      apply(statements, (IncidentEvent) EventCodec.event(entry), entry.index());
    }
  }

  private static void apply(Statements statements, IncidentEvent event, long index)
      throws SQLException {
    String id = event.incident().value();
    switch (event) {
      case IncidentOpened e ->
          run(
              statements,
              INSERT,
              id,
              e.service().value(),
              lower(e.severity()),
              RunProjection.micros(e.at()),
              index,
              index);
      case IncidentDiagnosed e ->
          run(
              statements,
              DIAGNOSE,
              e.diagnosis().kind().value(),
              e.diagnosis().reason(),
              lower(e.diagnosis().severity()),
              index,
              id);
      case IncidentResolved e ->
          run(statements, RESOLVE, RunProjection.micros(e.at()), lower(e.recovery()), index, id);
      case IncidentReopened _ -> run(statements, REOPEN, index, id);
      case IncidentAcknowledged _, IncidentEscalated _, IncidentNoted _ ->
          run(statements, TOUCH, index, id);
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static void run(Statements statements, String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.of(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    statement.executeUpdate();
  }

  @Override
  public void clear(Statements statements) throws SQLException {
    statements.of("DELETE FROM incident").executeUpdate();
  }
}
