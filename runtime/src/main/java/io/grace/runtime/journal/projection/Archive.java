package io.grace.runtime.journal.projection;

import io.grace.core.entry.Entry;
import io.grace.core.model.Hash;
import io.grace.core.model.Proposal;
import io.grace.runtime.codec.Payloads;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.JournalException.Kind;
import io.grace.runtime.journal.Storage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Questions about what happened: runs, incidents, entries. *Thread-safe*; reads only.
public final class Archive {
  private static final int MOST_ROWS = 500;
  private static final String RUN =
      "SELECT id, phase, acted, reason, proposed_us, ended_us, first_index, last_index, proposal"
          + " FROM run";
  private static final String INCIDENT =
      "SELECT id, service, severity, state, opened_us, resolved_us, recovery, diagnosis, reason"
          + " FROM incident";
  private static final String ENTRY =
      "SELECT idx, epoch, at_us, actor, kind, subject, payload, previous, hash FROM entry";

  private final Storage storage;

  public Archive(Storage storage) {
    this.storage = storage;
  }

  /// @param phase in lower case, such as `succeeded`
  public record RunRow(
      String id,
      String phase,
      boolean acted,
      String reason,
      Instant proposedAt,
      Optional<Instant> endedAt,
      long firstIndex,
      long lastIndex,
      Proposal proposal) {}

  public record IncidentRow(
      String id,
      String service,
      String severity,
      String state,
      Instant opened,
      Optional<Instant> resolved,
      Optional<String> recovery,
      Optional<String> diagnosis,
      Optional<String> reason) {}

  /// Which runs.
  public enum RunFilter {
    OPEN,
    ENDED,
    /// Ended, and did something.
    ACTED,
    ALL
  }

  /// Newest first.
  ///
  /// @param before only runs whose id sorts before this one
  public List<RunRow> runs(
      RunFilter filter,
      Optional<String> service,
      Optional<String> playbook,
      Instant since,
      Optional<String> before,
      int limit)
      throws JournalException {
    var sql = new StringBuilder(RUN).append(" WHERE proposed_us >= ?");
    var values = new ArrayList<Object>();
    values.add(RunProjection.micros(since));
    switch (filter) {
      case OPEN -> sql.append(" AND ended_us IS NULL");
      case ENDED -> sql.append(" AND ended_us IS NOT NULL");
      case ACTED -> sql.append(" AND ended_us IS NOT NULL AND acted = 1");
      case ALL -> {}
    }
    and(sql, values, " AND service = ?", service);
    and(sql, values, " AND playbook = ?", playbook);
    and(sql, values, " AND id < ?", before);
    sql.append(" ORDER BY id DESC LIMIT ?");
    values.add(Math.min(limit, MOST_ROWS));
    return query("list runs", sql.toString(), values, Archive::run);
  }

  public Optional<RunRow> run(String id) throws JournalException {
    return query("show run " + id, RUN + " WHERE id = ?", List.of(id), Archive::run).stream()
        .findFirst();
  }

  /// Newest first.
  public List<IncidentRow> incidents(Optional<String> state, Optional<String> before, int limit)
      throws JournalException {
    var sql = new StringBuilder(INCIDENT).append(" WHERE 1 = 1");
    var values = new ArrayList<Object>();
    and(sql, values, " AND state = ?", state);
    and(sql, values, " AND id < ?", before);
    sql.append(" ORDER BY id DESC LIMIT ?");
    values.add(Math.min(limit, MOST_ROWS));
    return query("list incidents", sql.toString(), values, Archive::incident);
  }

  public Optional<IncidentRow> incident(String id) throws JournalException {
    return query("show incident " + id, INCIDENT + " WHERE id = ?", List.of(id), Archive::incident)
        .stream()
        .findFirst();
  }

  /// In the order of the journal.
  public List<Entry> entries(long after, int limit, Optional<String> kind, Optional<String> subject)
      throws JournalException {
    var sql = new StringBuilder(ENTRY).append(" WHERE idx > ?");
    var values = new ArrayList<Object>();
    values.add(after);
    and(sql, values, " AND kind = ?", kind);
    and(sql, values, " AND subject = ?", subject);
    sql.append(" ORDER BY idx LIMIT ?");
    values.add(Math.min(limit, MOST_ROWS));
    return query("list entries", sql.toString(), values, Archive::entry);
  }

  /// Every entry about the run, in order.
  public List<Entry> story(RunRow run) throws JournalException {
    return query(
        "tell run " + run.id(),
        ENTRY + " WHERE idx >= ? AND idx <= ? AND subject = ? ORDER BY idx LIMIT 500",
        List.of(run.firstIndex(), run.lastIndex(), run.id()),
        Archive::entry);
  }

  /// Most entries of one incident that are told at once.
  public static final int MOST_OF_STORY = 5_000;

  /// How far back a text is looked for: no index helps there.
  public static final int TEXT_WITHIN = 200_000;

  /// What entries are looked for; what is empty does not matter.
  ///
  /// @param before only entries with a smaller index
  /// @param kind a whole kind, or its beginning up to a dot, such as `run.`
  /// @param text somewhere in the payload, in any case
  public record EntrySearch(
      long before,
      int limit,
      Optional<String> kind,
      Optional<String> actor,
      Optional<String> subject,
      Optional<String> text) {}

  /// The newest first.
  public List<Entry> search(EntrySearch search) throws JournalException {
    var sql = new StringBuilder(ENTRY).append(" WHERE idx < ?");
    var values = new ArrayList<Object>();
    values.add(search.before());
    search
        .kind()
        .ifPresent(kind -> {
          sql.append(kind.endsWith(".") ? " AND kind LIKE ? ESCAPE '!'" : " AND kind = ?");
          values.add(kind.endsWith(".") ? escaped(kind) + "%" : kind);
        });
    and(sql, values, " AND actor = ?", search.actor());
    and(sql, values, " AND subject = ?", search.subject());
    search
        .text()
        .ifPresent(text -> {
          sql.append(" AND idx > (SELECT COALESCE(MAX(idx), 0) FROM entry) - ?")
              .append(" AND LOWER(payload) LIKE ? ESCAPE '!'");
          values.add((long) TEXT_WITHIN);
          values.add("%" + escaped(text.toLowerCase(Locale.ROOT)) + "%");
        });
    sql.append(" ORDER BY idx DESC LIMIT ?");
    values.add(Math.min(search.limit(), MOST_ROWS));
    return query("search entries", sql.toString(), values, Archive::entry);
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /// The runs for an incident, in the order in which they were proposed.
  public List<RunRow> runsFor(String incident) throws JournalException {
    return query(
        "list runs for " + incident,
        RUN + " WHERE incident = ? ORDER BY id LIMIT " + MOST_ROWS,
        List.of(incident),
        Archive::run);
  }

  /// Every entry about the incident, its service meanwhile, and its runs, in order, up to
  /// [#MOST_OF_STORY].
  public List<Entry> incidentStory(String incident) throws JournalException {
    return query(
        "tell incident " + incident,
        ENTRY
            + " WHERE idx >= (SELECT first_index FROM incident WHERE id = ?)"
            + " AND idx <= (SELECT MAX(last_index) FROM (SELECT last_index FROM incident WHERE id = ?"
            + " UNION ALL SELECT last_index FROM run WHERE incident = ?) AS ends)"
            + " AND (subject = ? OR subject IN (SELECT id FROM run WHERE incident = ?)"
            + " OR subject = (SELECT service FROM incident WHERE id = ?))"
            + " ORDER BY idx LIMIT "
            + MOST_OF_STORY,
        List.of(incident, incident, incident, incident, incident, incident),
        Archive::entry);
  }

  private static void and(
      StringBuilder sql, List<Object> values, String condition, Optional<String> value) {
    value.ifPresent(v -> {
      sql.append(condition);
      values.add(v);
    });
  }

  private interface Row<T> {
    T read(ResultSet rows) throws SQLException;
  }

  private <T> List<T> query(String what, String sql, List<Object> values, Row<T> row)
      throws JournalException {
    try {
      return storage.read(connection -> rows(connection, sql, values, row));
    } catch (SQLException e) {
      throw new JournalException(
          Kind.RETRY, "cannot " + what + " from " + storage.name() + ": " + e.getMessage(), e);
    }
  }

  private static <T> List<T> rows(
      Connection connection, String sql, List<Object> values, Row<T> row) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      var found = new ArrayList<T>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(row.read(rows));
        }
      }
      return List.copyOf(found);
    }
  }

  private static RunRow run(ResultSet rows) throws SQLException {
    return new RunRow(
        rows.getString(1),
        rows.getString(2),
        rows.getLong(3) == 1,
        rows.getString(4),
        instant(rows.getLong(5)),
        maybe(rows, 6),
        rows.getLong(7),
        rows.getLong(8),
        Payloads.proposal(rows.getString(9)));
  }

  private static IncidentRow incident(ResultSet rows) throws SQLException {
    return new IncidentRow(
        rows.getString(1),
        rows.getString(2),
        rows.getString(3),
        rows.getString(4),
        instant(rows.getLong(5)),
        maybe(rows, 6),
        Optional.ofNullable(rows.getString(7)),
        Optional.ofNullable(rows.getString(8)),
        Optional.ofNullable(rows.getString(9)));
  }

  static Entry entry(ResultSet rows) throws SQLException {
    return new Entry(
        rows.getLong(1),
        rows.getLong(2),
        instant(rows.getLong(3)),
        rows.getString(4),
        rows.getString(5),
        rows.getString(6),
        rows.getString(7),
        new Hash(rows.getString(8)),
        new Hash(rows.getString(9)));
  }

  private static Optional<Instant> maybe(ResultSet rows, int column) throws SQLException {
    long micros = rows.getLong(column);
    return rows.wasNull() ? Optional.empty() : Optional.of(instant(micros));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
