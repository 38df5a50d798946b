package io.grace.runtime.journal;

import static io.grace.runtime.journal.Journals.assertChained;
import static io.grace.runtime.journal.Journals.assertSays;
import static io.grace.runtime.journal.Journals.drafts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.entry.Entry;
import io.grace.runtime.journal.JournalException.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The contract on SQLite, and what its one file adds.
class SqliteEntryStoreTest extends EntryStoreContract {
  @Override
  Storage newStorage() throws Exception {
    return Storage.sqlite(directory.resolve("grace.db"));
  }

  @Test
  void secondWriterIsRefusedWithThePidOfTheFirst() throws Exception {
    JournalException e =
        assertThrows(JournalException.class, () -> Storage.sqlite(directory.resolve("grace.db")));

    assertEquals(Kind.GIVE_UP, e.kind());
    assertSays("is in use by process " + ProcessHandle.current().pid(), e);
  }

  @Test
  void lockIsOneForAllLinksToTheFile() throws Exception {
    Path link =
        Files.createSymbolicLink(directory.resolve("link.db"), directory.resolve("grace.db"));

    assertThrows(JournalException.class, () -> Storage.sqlite(link));
  }

  @Test
  void closedStorageCanBeOpenedAgain() throws Exception {
    open().close();
    storage.close();

    storage = newStorage();

    assertEquals(2, open().epoch());
  }

  @Test
  void lockedDatabaseIsWorthARetry() throws Exception {
    try (EntryStore store = open()) {
      try (Connection other = storage.writer();
          var statement = other.createStatement()) {
        statement.execute("UPDATE lease SET holder = holder"); // holds SQLite's write lock

        JournalException e = assertThrows(JournalException.class, () -> store.append(drafts(1)));
        assertEquals(Kind.RETRY, e.kind());
        other.rollback();
      }

      assertEquals(2, store.append(drafts(1)));
    }
  }

  /// SQLite's own limit of pages acts like a full disk. It belongs to a connection, which the store
  /// replaces after a failure, so that there is space again.
  private static final class FullDisk extends RunTable {
    private boolean limited;

    @Override
    public void apply(Statements statements, List<Entry> entries) throws SQLException {
      if (!limited) {
        limited = true;
        statements.of("PRAGMA max_page_count = 200").execute();
      }
      super.apply(statements, entries);
    }
  }

  @Test
  void fullDiskIsWorthARetryAndLosesNothing() throws Exception {
    try (EntryStore store = open(new FullDisk())) {
      JournalException e =
          assertThrows(
              JournalException.class,
              () -> {
                for (int i = 0; i < 10; i++) {
                  store.append(drafts(1_000));
                }
              });
      assertEquals(Kind.RETRY, e.kind());
      assertSays("disk is full", e);
      long before = store.head().index();
      assertTrue(before < 10_000);
      assertEquals(before, assertChained(store.reader()));

      assertEquals(before + 1_000, store.append(drafts(1_000)));
      assertEquals(before + 1_000, assertChained(store.reader()));
    }
  }

  @Test
  void storeIsDurableByItsSettings() throws Exception {
    try (Connection connection = storage.writer();
        var statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery("PRAGMA journal_mode")) {
        assertEquals("wal", row.getString(1));
      }
      try (ResultSet row = statement.executeQuery("PRAGMA synchronous")) {
        assertEquals(2, row.getInt(1), "FULL");
      }
    }
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(directory.resolve("grace.db"))));
  }
}
