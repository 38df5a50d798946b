package io.grace.runtime.journal;

import static io.grace.runtime.journal.Journals.NOON;
import static io.grace.runtime.journal.Journals.assertChained;
import static io.grace.runtime.journal.Journals.assertSays;
import static io.grace.runtime.journal.Journals.draft;
import static io.grace.runtime.journal.Journals.drafts;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentNoted;
import io.grace.core.event.Event.IncidentOpened;
import io.grace.core.model.Hash;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.journal.JournalException.Kind;
import io.grace.runtime.journal.projection.Archive;
import io.grace.runtime.journal.projection.Archive.EntrySearch;
import io.grace.runtime.journal.projection.IncidentProjection;
import io.grace.runtime.journal.projection.RunProjection;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a journal promises on every store.
abstract class EntryStoreContract {
  @TempDir Path directory;
  final Journals.Clock clock = new Journals.Clock();
  Storage storage;
  FileKeyRing keys;

  abstract Storage newStorage() throws Exception;

  /// Runs a statement behind the store's back, committed.
  final void tamper(String sql) throws SQLException {
    try (Connection connection = storage.writer();
        var statement = connection.createStatement()) {
      statement.execute(sql);
      connection.commit();
    }
  }

  @BeforeEach
  final void openStorage() throws Exception {
    storage = newStorage();
    keys = FileKeyRing.in(directory.resolve("keys"));
    tamper(RunTable.DDL);
  }

  @AfterEach
  final void closeStorage() {
    if (storage != null) {
      storage.close();
    }
  }

  final EntryStore open(Projection... projections) throws JournalException {
    return EntryStore.open(storage, keys, List.of(projections), clock, "test");
  }

  @Test
  void newJournalStartsWithItsOwnIdentity() throws Exception {
    try (EntryStore store = open()) {
      Entry first = store.reader().entry(1).orElseThrow();

      assertEquals("journal.created", first.kind());
      assertTrue(
          first
              .payload()
              .startsWith("{\"format\":1,\"journalId\":\"" + store.journalId() + "\",\"keyId\":\""),
          first.payload());
      assertEquals(Chain.genesis(store.journalId()), first.previous());
      assertEquals(1, store.reader().newestCheckpoint().orElseThrow().size());
    }
  }

  @Test
  void appendReturnsTheIndexOfTheLastDraft() throws Exception {
    try (EntryStore store = open()) {
      assertEquals(4, store.append(drafts(3)));
      assertEquals(5, store.append(drafts(1)));
      assertEquals(5, store.head().index());
    }
  }

  @Test
  void batchesOfEverySizeAreChainedWithoutGap() throws Exception {
    try (EntryStore store = open()) {
      long expected = 1;
      for (int size : new int[] {1, 2, 3, 7, 99, 100, 101, 388, 1234}) {
        store.append(drafts(size));
        expected += size;
      }

      assertEquals(expected, assertChained(store.reader()));
      assertEquals(store.head(), store.reader().head().orElseThrow());
    }
  }

  @Test
  void textComesBackAsItWasGiven() throws Exception {
    Draft odd =
        new Draft(
            NOON.minusSeconds(4_000_000_000L).plusNanos(1_000),
            "Zoë 😀",
            "note",
            "ß",
            "{\"a\":\"\t'; DROP TABLE entry;--\"}");
    try (EntryStore store = open()) {
      store.append(List.of(odd));

      Entry entry = store.reader().entry(2).orElseThrow();
      assertEquals(
          odd,
          new Draft(entry.at(), entry.actor(), entry.kind(), entry.subject(), entry.payload()));
      assertChained(store.reader());
    }
  }

  @Test
  void whatCannotBeStoredExactlyIsRefused() throws Exception {
    try (EntryStore store = open()) {
      for (String payload : List.of("a\u0000b", "\ud800", "x\udc00y", "z".repeat(300_000))) {
        Draft draft = new Draft(NOON, "grace", "note", "grace", payload);
        assertThrows(IllegalArgumentException.class, () -> store.append(List.of(draft)));
      }
      assertThrows(IllegalArgumentException.class, () -> store.append(List.of()));
      assertThrows(
          IllegalArgumentException.class,
          () -> store.append(List.of(draft("key.rotated", "grace"))));
      assertEquals(1, store.head().index());
    }
  }

  @Test
  void reopenedJournalContinuesTheChainInAHigherEpoch() throws Exception {
    String id;
    try (EntryStore store = open()) {
      id = store.journalId();
      store.append(drafts(10));
    }

    try (EntryStore store = open()) {
      assertEquals(id, store.journalId());
      assertEquals(2, store.epoch());
      assertEquals(21, store.append(drafts(10)));
      assertEquals(2, store.reader().entry(21).orElseThrow().epoch());
      assertEquals(21, assertChained(store.reader()));
    }
  }

  @Test
  void supersededWriterIsFenced() throws Exception {
    EntryStore old = open();
    old.append(drafts(1));
    EntryStore young = open();

    JournalException fenced = assertThrows(JournalException.class, () -> old.append(drafts(5)));
    assertEquals(Kind.FENCED, fenced.kind());
    assertEquals(Kind.FENCED, assertThrows(JournalException.class, old::renew).kind());
    assertEquals(
        Kind.FENCED,
        assertThrows(JournalException.class, () -> old.saveState(old.head(), 1, new byte[1]))
            .kind());
    old.close();

    assertEquals(3, young.append(drafts(1)));
    assertEquals(3, assertChained(young.reader()));
    young.close();
  }

  @Test
  void closedLeaderLeavesAnExpiredLease() throws Exception {
    try (EntryStore store = open()) {
      assertEquals("test", store.reader().lease().holder());
      assertTrue(!store.reader().lease().isExpired(clock.instant()));
    }

    assertTrue(new EntryReader(storage).lease().isExpired(clock.instant()));
  }

  @Test
  void projectionIsWrittenWithTheEntries() throws Exception {
    try (EntryStore store = open(new RunTable())) {
      store.append(drafts(10));

      assertEquals(5, RunTable.rows(storage));
    }
  }

  @Test
  void projectionThatMissedAnEpochIsRebuilt() throws Exception {
    try (EntryStore store = open(new RunTable())) {
      store.append(drafts(4));
    }
    try (EntryStore store = open()) {
      store.append(drafts(600));
    }

    try (EntryStore store = open(new RunTable())) {
      assertEquals(300, RunTable.rows(storage));
      assertEquals(605, store.head().index());
    }
  }

  @Test
  void projectionThatSawEverythingIsNotRebuilt() throws Exception {
    List<String> cleared = new ArrayList<>();
    class Watched extends RunTable {
      @Override
      public void clear(Statements statements) throws SQLException {
        cleared.add("once");
        super.clear(statements);
      }
    }

    open(new Watched()).close();
    open(new Watched()).close();

    assertEquals(List.of("once"), cleared);
  }

  @Test
  void failedAppendLeavesNothingAndCanBeRepeated() throws Exception {
    boolean[] broken = {true};
    class Breaking extends RunTable {
      @Override
      public void apply(Statements statements, List<Entry> entries) throws SQLException {
        super.apply(statements, entries);
        if (broken[0]) {
          throw new SQLException("no space", "53100");
        }
      }
    }
    try (EntryStore store = open(new Breaking())) {
      Head before = store.head();

      assertThrows(JournalException.class, () -> store.append(drafts(3)));
      assertEquals(before, store.head());
      assertEquals(before, store.reader().head().orElseThrow());
      assertEquals(0, RunTable.rows(storage));

      broken[0] = false;
      assertEquals(4, store.append(drafts(3)));
      assertEquals(4, assertChained(store.reader()));
    }
  }

  /// A projection that commits by itself and then fails looks, to the store, like a connection that
  /// broke after the server had committed but before its answer came.
  private static final class LostAnswer extends RunTable {
    private boolean lost;

    @Override
    public void apply(Statements statements, List<Entry> entries) throws SQLException {
      super.apply(statements, entries);
      if (!lost) {
        lost = true;
        statements.of("SELECT 1").getConnection().commit();
        throw new SQLException("connection lost", "08006");
      }
    }
  }

  @Test
  void appendWhoseAnswerWasLostIsRecordedOnce() throws Exception {
    try (EntryStore store = open(new LostAnswer())) {
      assertThrows(JournalException.class, () -> store.append(drafts(3)));
      clock.moveMillis(5_000);
      store.checkpointIfDue(clock.instant()); // must not settle it

      assertEquals(4, store.append(drafts(3)));
      assertEquals(5, store.append(drafts(1)));
      assertEquals(5, assertChained(store.reader()));
    }
  }

  @Test
  void otherDraftsAfterALostAnswerAreRefused() throws Exception {
    try (EntryStore store = open(new LostAnswer())) {
      assertThrows(JournalException.class, () -> store.append(drafts(3)));

      JournalException told = assertThrows(JournalException.class, () -> store.append(drafts(2)));
      assertEquals(Kind.DIVERGED, told.kind());
      assertSays("entries 2 to 4", told);
      assertEquals(4, store.head().index());
    }
  }

  @Test
  void newsIsSignedOnceASecondAndAtTheEnd() throws Exception {
    EntryStore store = open();
    clock.moveMillis(1_000);
    store.append(drafts(1)); // due, so signed with the append
    store.append(drafts(1));
    assertEquals(2, store.reader().newestCheckpoint().orElseThrow().size());
    assertTrue(store.checkpointIfDue(clock.instant()).isEmpty());

    clock.moveMillis(1_000);
    assertEquals(3, store.checkpointIfDue(clock.instant()).orElseThrow().size());
    clock.moveMillis(1_000);
    assertTrue(store.checkpointIfDue(clock.instant()).isEmpty(), "no news");

    store.append(drafts(1));
    store.append(drafts(1));
    store.close();
    assertEquals(5, new EntryReader(storage).newestCheckpoint().orElseThrow().size());
  }

  @Test
  void rotatedKeySignsFromItsEntryOnAndAfterReopening() throws Exception {
    String oldKey;
    String newKey;
    try (EntryStore store = open()) {
      oldKey = store.reader().newestCheckpoint().orElseThrow().keyId();
      newKey = store.rotateKey("ann").id();
      assertNotEquals(oldKey, newKey);
      assertEquals(newKey, store.reader().newestCheckpoint().orElseThrow().keyId());
    }

    clock.moveMillis(Duration.ofMinutes(1).toMillis());
    try (EntryStore store = open()) {
      store.append(drafts(1));
      assertEquals(newKey, store.reader().newestCheckpoint().orElseThrow().keyId());
      assertEquals("ann", store.reader().entry(2).orElseThrow().actor());
    }
  }

  @Test
  void newestStateOfTheSameChainIsFound() throws Exception {
    try (EntryStore store = open()) {
      for (int i = 1; i <= 5; i++) {
        store.append(drafts(1));
        store.saveState(store.head(), 7, ("state " + i).getBytes(StandardCharsets.UTF_8));
      }
      StateBlob newest = store.reader().newestState().orElseThrow();
      assertEquals(6, newest.size());
      assertEquals(7, newest.format());
      assertArrayEquals("state 5".getBytes(StandardCharsets.UTF_8), newest.bytes());

      tamper("UPDATE state_snapshot SET body = 'H4sI' WHERE size = 6");
      tamper("UPDATE state_snapshot SET head = '" + Hash.sha256("x") + "' WHERE size = 5");
      assertEquals(4, store.reader().newestState().orElseThrow().size(), "the oldest kept");

      tamper("DELETE FROM state_snapshot WHERE size = 4");
      assertTrue(store.reader().newestState().isEmpty());
    }
  }

  @Test
  void exportHoldsEveryEntryAndCheckpoint() throws Exception {
    try (EntryStore store = open()) {
      store.append(drafts(300));
      clock.moveMillis(1_000);
      store.append(drafts(1));
      ByteArrayOutputStream out = new ByteArrayOutputStream();

      ExportSummary summary = store.reader().export(out);

      assertEquals(new ExportSummary(store.journalId(), 302, 3), summary);
      List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
      assertEquals(1 + 302 + 3 + 1, lines.size());
      assertEquals("{\"entries\":302,\"checkpoints\":3}", lines.getLast());
      assertTrue(lines.get(2).startsWith("{\"checkpoint\":1,"), lines.get(2));
    }
  }

  @Test
  void closedStoreAndClosedStorageRefuseToWrite() throws Exception {
    EntryStore closed = open();
    closed.close();
    EntryStore open = open();
    storage.close();

    JournalException e = assertThrows(JournalException.class, () -> closed.append(drafts(1)));
    assertEquals(Kind.GIVE_UP, e.kind());
    assertThrows(JournalException.class, () -> open.reader().head());

    assertSays("cannot append 1 entries after 1 in ", e);
  }

  @Test
  void readingGoesThroughAllPages() throws Exception {
    try (EntryStore store = open()) {
      store.append(drafts(1_000));
      List<Long> seen = new ArrayList<>();

      store.reader().forEach(501, entry -> seen.add(entry.index()));

      assertEquals(Stream.iterate(501L, i -> i + 1).limit(501).toList(), seen);
    }
  }

  private static Draft said(String actor, String kind, String subject, String text) {
    return new Draft(NOON, actor, kind, subject, "{\"text\":\"" + text + "\"}");
  }

  private static EntrySearch search(String kind, String actor, String subject, String text) {
    return new EntrySearch(
        Long.MAX_VALUE, 100, given(kind), given(actor), given(subject), given(text));
  }

  private static Optional<String> given(String value) {
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  private List<Long> found(EntrySearch search) throws JournalException {
    return new Archive(storage).search(search).stream().map(Entry::index).toList();
  }

  @Test
  void searchTellsTheNewestFirstByKindActorSubjectAndText() throws Exception {
    try (EntryStore store = open()) {
      store.append(
          List.of(
              said("ann", "run.approved", "r-1", "looks right"),
              said("bob", "run.rejected", "r-2", "100% sure"),
              said("grace", "running.late", "r-2", "Looks_wrong")));

      assertEquals(List.of(4L, 3L, 2L, 1L), found(search("", "", "", "")));
      assertEquals(List.of(3L, 2L), found(search("run.", "", "", "")));
      assertEquals(List.of(3L), found(search("run.rejected", "", "", "")));
      assertEquals(List.of(2L), found(search("", "ann", "", "")));
      assertEquals(List.of(4L, 3L), found(search("", "", "r-2", "")));
      assertEquals(List.of(4L, 2L), found(search("", "", "", "LOOKS")));
      assertEquals(List.of(), found(search("", "ann", "r-2", "")));
      assertEquals(
          List.of(2L),
          found(
              new EntrySearch(
                  3, 1, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty())));
    }
  }

  @Test
  void whatIsLookedForIsNoPattern() throws Exception {
    try (EntryStore store = open()) {
      store.append(
          List.of(
              said("bob", "run.rejected", "r-2", "100% sure"),
              said("bob", "run.rejected", "r-2", "100 and one"),
              said("bob", "run.rejected", "r-2", "a_b!"),
              said("bob", "run.rejected", "r-2", "axb")));

      assertEquals(List.of(2L), found(search("", "", "", "100%")));
      assertEquals(List.of(4L), found(search("", "", "", "a_b!")));
      assertEquals(List.of(), found(search("r%.", "", "", "")));
    }
  }

  @Test
  void storyOfAnIncidentHasItsServiceAndNoOther() throws Exception {
    var orders = new ServiceId("orders");
    var first = new IncidentId("i-000001");
    var second = new IncidentId("i-000002");
    var print = Hash.sha256("print");
    try (EntryStore store = open(new IncidentProjection(), new RunProjection())) {
      store.append(
          Stream.<Event>of(
                  new IncidentOpened(first, orders, print, Severity.HIGH, NOON),
                  new IncidentOpened(second, new ServiceId("stock"), print, Severity.HIGH, NOON),
                  new IncidentNoted(second, "ann", "not here", NOON),
                  new IncidentNoted(first, "ann", "it is the disk", NOON),
                  new IncidentNoted(second, "ann", "later", NOON))
              .map(EventCodec::draft)
              .toList());
      var archive = new Archive(storage);

      assertEquals(
          List.of(2L, 5L), archive.incidentStory("i-000001").stream().map(Entry::index).toList());
      assertEquals(List.of(), archive.incidentStory("i-000009"));
      assertEquals(List.of(), archive.runsFor("i-000001"));
    }
  }
}
