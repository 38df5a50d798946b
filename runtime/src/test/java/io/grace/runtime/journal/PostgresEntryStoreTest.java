package io.grace.runtime.journal;

import static io.grace.runtime.journal.Journals.assertChained;
import static io.grace.runtime.journal.Journals.assertSays;
import static io.grace.runtime.journal.Journals.drafts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grace.runtime.journal.JournalException.Kind;
import org.junit.jupiter.api.Test;

/// The contract on PostgreSQL, and what its connections add.
class PostgresEntryStoreTest extends EntryStoreContract {
  @Override
  Storage newStorage() throws Exception {
    return Storage.postgres(PrivatePostgres.newDatabase(), PrivatePostgres.USER, "");
  }

  @Test
  void brokenConnectionIsReplacedByTheNextAppend() throws Exception {
    try (EntryStore store = open()) {
      store.append(drafts(1));
      endEveryConnection();

      JournalException e = assertThrows(JournalException.class, () -> store.append(drafts(2)));
      assertEquals(Kind.RETRY, e.kind());

      assertEquals(4, store.append(drafts(2)));
      assertEquals(4, assertChained(store.reader()));
    }
  }

  @Test
  void brokenConnectionsCostNoReaderAnAnswer() throws Exception {
    try (EntryStore store = open()) {
      store.append(drafts(1));
      store.reader().head();
      endEveryConnection();

      assertEquals(2, assertChained(store.reader()));

      assertThrows(JournalException.class, () -> store.append(drafts(1)));
    }
  }

  private void endEveryConnection() throws Exception {
    tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE pid <> pg_backend_pid() AND datname = current_database()");
  }

  @Test
  void unreachableServerIsWorthARetryAndTheMessageHoldsNoPassword() {
    JournalException e =
        assertThrows(
            JournalException.class,
            () -> Storage.postgres("jdbc:postgresql://127.0.0.1:1/grace", "grace", "hunter2"));

    assertEquals(Kind.RETRY, e.kind());
    assertSays("127.0.0.1:1", e);
    assertFalse(String.valueOf(e.getMessage()).contains("hunter2"));
  }
}
