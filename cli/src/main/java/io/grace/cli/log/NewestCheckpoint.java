package io.grace.cli.log;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the newest checkpoint of a journal, and the journal's id.
final class NewestCheckpoint implements LogSink {
  private final Findings findings = new Findings();
  private final KeyHistory keys = new KeyHistory(Trust.none(), findings);
  private @Nullable RawCheckpoint newest;

  Optional<HeldCheckpoint> found() {
    return newest == null || keys.journalId().isEmpty()
        ? Optional.empty()
        : Optional.of(new HeldCheckpoint(keys.journalId(), newest));
  }

  @Override
  public void entry(RawEntry entry) {
    if (entry.index() == 1) {
      keys.created(entry);
    }
  }

  @Override
  public void checkpoint(RawCheckpoint checkpoint) {
    if (newest == null || checkpoint.size() > newest.size()) {
      newest = checkpoint;
    }
  }

  @Override
  public void header(String journalId) {}

  @Override
  public void footer(long entries, long checkpoints) {}

  @Override
  public void unreadable(String where, String why) {}

  @Override
  public void cut(String why) {}
}
