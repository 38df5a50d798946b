package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The journal for readers; needs no lease and never blocks the writer. *Thread-safe.*
public final class EntryReader {
  private final Storage storage;

  public EntryReader(Storage storage) {
    this.storage = storage;
  }

  public Optional<Entry> entry(long index) throws JournalException {
    return query("read entry " + index, connection -> EntryTable.entry(connection, index));
  }

  /// All entries from an index on, in order, page by page; also those written meanwhile.
  public void forEach(long from, Consumer<Entry> consumer) throws JournalException {
    List<Entry> page = page(from);
    while (!page.isEmpty()) {
      page.forEach(consumer);
      page = page(page.getLast().index() + 1);
    }
  }

  /// The next entries from an index on, a bounded number of them; empty at the end.
  public List<Entry> page(long from) throws JournalException {
    return query("read entries from " + from, connection -> EntryTable.page(connection, from));
  }

  /// The end of the journal as stored; empty before its first entry.
  public Optional<Head> head() throws JournalException {
    return query("read the head", EntryTable::head);
  }

  public Optional<Checkpoint> newestCheckpoint() throws JournalException {
    return query("read the newest checkpoint", CheckpointTable::newest);
  }

  List<Checkpoint> checkpoints(long from, long to) throws JournalException {
    return query("read checkpoints", connection -> CheckpointTable.between(connection, from, to));
  }

  /// The newest stored state that is whole and agrees with the chain; start from empty without one.
  public Optional<StateBlob> newestState() throws JournalException {
    return query("read the newest state", StateTable::newest);
  }

  /// Who leads, for a standby that waits for its turn.
  public LeaseState lease() throws JournalException {
    return query("read the lease", LeaseTable::read);
  }

  /// Writes the journal as JSON Lines into a file, gzipped if its name ends in `.gz`.
  public ExportSummary export(Path file) throws JournalException, IOException {
    try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(file))) {
      if (!file.toString().endsWith(".gz")) {
        return export(raw);
      }
      try (OutputStream packed = new java.util.zip.GZIPOutputStream(raw, 1 << 16)) {
        return export(packed);
      }
    }
  }

  /// Writes the journal, as it is now, as JSON Lines.
  public ExportSummary export(OutputStream out) throws JournalException, IOException {
    return new JournalExport(this).write(out);
  }

  private <T> T query(String what, Storage.Query<T> query) throws JournalException {
    try {
      return storage.read(query);
    } catch (SQLException e) {
      throw SqlFailure.of(what, storage, e);
    }
  }
}
