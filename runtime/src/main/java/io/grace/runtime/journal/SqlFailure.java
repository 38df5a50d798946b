package io.grace.runtime.journal;

import io.grace.runtime.journal.JournalException.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// Turns what a database says into what a person or the caller can do about it.
final class SqlFailure {
  /// The SQL state, outside of the standard's classes, of a store that was closed on purpose.
  static final String CLOSED = "GR001";

  private SqlFailure() {}

  /// @param what the attempt in words, such as `append 3 entries after 17`
  static JournalException of(String what, Storage storage, SQLException e) {
    Advice advice = e instanceof SQLiteException s ? sqlite(s) : postgres(e);
    return new JournalException(
        advice.kind,
        "cannot " + what + " in " + storage.name() + ": " + advice.text + " (" + brief(e) + ")",
        e);
  }

  /// Whether the connection is gone: a new one may do.
  static boolean isBroken(SQLException e) {
    return !(e instanceof SQLiteException) && isUnreachable(String.valueOf(e.getSQLState()));
  }

  private static boolean isUnreachable(String state) {
    return state.startsWith("08") || state.startsWith("57P");
  }

  private record Advice(Kind kind, String text) {}

  private static Advice sqlite(SQLiteException e) {
    return switch (primary(e.getResultCode())) {
      case SQLITE_FULL -> retry("the disk is full; free some space, it will go on by itself");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          retry("another program holds the database; close it if this lasts");
      case SQLITE_NOMEM, SQLITE_INTERRUPT -> retry("the database was short of memory or stopped");
      case SQLITE_READONLY, SQLITE_PERM ->
          giveUp("the file or its directory is read-only; allow this user to write there");
      case SQLITE_CANTOPEN -> giveUp("the file cannot be opened; look at its path and permissions");
      case SQLITE_CORRUPT, SQLITE_NOTADB ->
          giveUp("the file is damaged; restore a backup and check it with 'grace log verify'");
      case SQLITE_IOERR -> giveUp("the disk failed to read or write; look at the system log");
      case SQLITE_CONSTRAINT -> giveUp("a row breaks a rule of the schema");
      default -> giveUp("the database refused it");
    };
  }

  /// Extended codes carry their primary code in the low byte.
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return code.code < 0 ? code : SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  private static Advice postgres(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.equals(CLOSED)) {
      return giveUp("it was closed; open it again");
    }
    if (isUnreachable(state)) {
      return retry("the server is not reachable or going down; check that it runs");
    }
    if (state.equals("53100")) {
      return retry("the server's disk is full; free some space, it will go on by itself");
    }
    if (state.startsWith("53")) {
      return retry("the server is short of memory or connections");
    }
    if (state.startsWith("40") || state.equals("55P03") || state.equals("57014")) {
      return retry("another session was in the way or it took too long");
    }
    if (state.equals("25006")) {
      return retry("the server is read-only; is this a standby? point at the primary");
    }
    if (state.startsWith("28")) {
      return giveUp("the server refused user or password");
    }
    if (state.startsWith("42")) {
      return giveUp("a table is missing or not permitted; check the user's grants");
    }
    return giveUp("the database refused it");
  }

  private static Advice retry(String text) {
    return new Advice(Kind.RETRY, text);
  }

  private static Advice giveUp(String text) {
    return new Advice(Kind.GIVE_UP, text);
  }

  private static String brief(SQLException e) {
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    return e.getSQLState() == null ? text : e.getSQLState() + ": " + text;
  }
}
