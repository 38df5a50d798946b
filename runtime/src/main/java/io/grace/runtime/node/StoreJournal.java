package io.grace.runtime.node;

import io.grace.core.event.Event;
import io.grace.core.spi.Journal;
import io.grace.core.state.Snapshot;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.codec.SnapshotCodec;
import io.grace.runtime.journal.EntryReader;
import io.grace.runtime.journal.EntryStore;
import io.grace.runtime.journal.Head;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.JournalException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/// The one log on an [EntryStore]: events in, entries out.
final class StoreJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(StoreJournal.class);

  private final EntryStore store;

  StoreJournal(EntryStore store) {
    this.store = store;
  }

  @Override
  public void append(List<Event> events) throws Unavailable {
    try {
      store.append(events.stream().map(EventCodec::draft).toList());
    } catch (JournalException e) {
      boolean isFinal = e.kind() == Kind.FENCED || e.kind() == Kind.DIVERGED;
      throw new Unavailable(String.valueOf(e.getMessage()), isFinal, e);
    }
  }

  /// The state that the journal replays to: the newest saved state that agrees with the chain, and
  /// what follows it.
  Snapshot replay() throws JournalException {
    EntryReader reader = store.reader();
    Optional<Saved> saved = saved(reader);
    Snapshot from = saved.map(Saved::snapshot).orElse(Snapshot.EMPTY);
    long next = saved.map(Saved::size).orElse(0L) + 1;
    var page = reader.page(next);
    while (!page.isEmpty()) {
      var events = new ArrayList<Event>(page.size());
      page.stream().filter(EventCodec::isEvent).map(EventCodec::event).forEach(events::add);
      from = from.after(events);
      page = reader.page(page.getLast().index() + 1);
    }
    return from;
  }

  private record Saved(Snapshot snapshot, long size) {}

  private static Optional<Saved> saved(EntryReader reader) throws JournalException {
    var blob = reader.newestState();
    if (blob.isEmpty() || blob.get().format() != SnapshotCodec.FORMAT) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Saved(SnapshotCodec.snapshot(blob.get().bytes()), blob.get().size()));
    } catch (JacksonException e) {
      LOG.atWarn()
          .addKeyValue("size", blob.get().size())
          .log("the saved state is of another version; replaying the whole journal");
      return Optional.empty();
    }
  }

  /// Keeps the state for the next start.
  void save(Snapshot snapshot, Head at) throws JournalException {
    store.saveState(at, SnapshotCodec.FORMAT, SnapshotCodec.bytes(snapshot));
  }
}
