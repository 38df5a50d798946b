package io.grace.runtime.journal;

import io.grace.runtime.journal.JournalException.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The writer's connection: every transaction first proves that this process still leads. *Owned by
/// the writer.*
///
/// The proof is an update of the one lease row under the own epoch. It locks the row until the
/// commit, so that a take-over waits for a write under way, and a write after a take-over finds no
/// row.
final class Transaction implements AutoCloseable {
  /// How long after its last write a leader counts as alive. A standby may take over earlier by
  /// decision of a person; the fence holds either way.
  static final Duration LEASE = Duration.ofSeconds(15);

  private static final String HOLD = "UPDATE lease SET expires_us = ? WHERE id = 1 AND epoch = ?";

  /// A step of a transaction.
  @FunctionalInterface
  interface Work<T> {
    T run(Transaction transaction) throws SQLException, JournalException;
  }

  private final Storage storage;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private @Nullable Connection connection;

  /// Whether the last failure came while committing, so that its outcome is not known.
  private boolean failedInCommit;

  private boolean closed;

  Transaction(Storage storage) {
    this.storage = storage;
  }

  /// Commits the work, or leaves nothing of it behind (but see [#failedInCommit()]).
  ///
  /// @param what the attempt in words, for the message
  <T> T commit(String what, long epoch, Instant now, Work<T> work) throws JournalException {
    return commit(
        what,
        transaction -> {
          PreparedStatement hold = transaction.statement(HOLD);
          hold.setLong(1, Micros.of(expiry(now)));
          hold.setLong(2, epoch);
          if (hold.executeUpdate() != 1) {
            throw fenced(what, epoch);
          }
          return work.run(transaction);
        });
  }

  /// In whole seconds, so that most updates leave the row as it was: they lock it all the same, but
  /// SQLite then has no page of it to write.
  private static Instant expiry(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).plus(LEASE);
  }

  /// Without the proof: for taking the lease itself.
  <T> T commit(String what, Work<T> work) throws JournalException {
    failedInCommit = false;
    boolean done = false;
    try {
      T result = work.run(this);
      failedInCommit = true;
      connection().commit();
      failedInCommit = false;
      done = true;
      return result;
    } catch (SQLException e) {
      throw SqlFailure.of(what, storage, e);
    } finally {
      if (!done) {
        abandon();
      }
    }
  }

  boolean failedInCommit() {
    return failedInCommit;
  }

  /// Prepared once for as long as the connection lives.
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection().prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  Connection connection() throws SQLException {
    Connection open = connection;
    if (closed) {
      throw new SQLException("closed by this process", SqlFailure.CLOSED);
    }
    if (open == null) {
      open = storage.writer();
      connection = open;
    }
    return open;
  }

  private JournalException fenced(String what, long epoch) {
    return new JournalException(
        Kind.FENCED,
        "cannot "
            + what
            + " in "
            + storage.name()
            + ": another process took over from epoch "
            + epoch
            + "; this one must stop, restart it as a standby");
  }

  /// After a failure nothing of the connection is trusted, so the next transaction gets a new one.
  private void abandon() {
    Connection broken = connection;
    connection = null;
    statements.clear();
    if (broken != null) {
      try (broken) {
        broken.rollback();
      } catch (SQLException _) {
        // Already reported by what failed before; closing frees what is left.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    abandon();
  }
}
