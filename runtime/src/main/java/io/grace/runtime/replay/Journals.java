package io.grace.runtime.replay;

import io.grace.core.event.Event;
import io.grace.core.policy.Policy;
import io.grace.runtime.codec.EventCodec;
import io.grace.runtime.journal.EntryReader;
import io.grace.runtime.journal.JournalException;
import io.grace.runtime.journal.Storage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads journals, also such as a server is writing.
public final class Journals {
  private Journals() {}

  /// Every event of a SQLite journal in order.
  ///
  /// @throws JournalException if it cannot be read
  /// @throws IllegalArgumentException if a newer version of GRACE wrote it
  public static void read(Path file, Consumer<Event> events) throws JournalException {
    try (Storage storage = Storage.sqliteReadOnly(file)) {
      new EntryReader(storage)
          .forEach(
              1,
              entry -> {
                if (EventCodec.isEvent(entry)) {
                  events.accept(EventCodec.event(entry));
                }
              });
    }
  }

  /// The incidents of a journal under two policies.
  ///
  /// @param before empty to compare with what was recorded
  public static List<Replay.Case> replay(Path file, Optional<Policy> before, Policy after)
      throws JournalException {
    var replay = new Replay(before, after);
    read(file, replay::read);
    return replay.finish();
  }
}
