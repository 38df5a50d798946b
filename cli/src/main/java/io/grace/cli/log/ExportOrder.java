package io.grace.cli.log;

/// Sees to it that an export has its header first and its footer last, each once.
final class ExportOrder implements LogSink {
  private final LogSink next;
  private boolean headed;
  private boolean ended;

  ExportOrder(LogSink next) {
    this.next = next;
  }

  @Override
  public void header(String journalId) {
    if (headed) {
      next.unreadable("a header", "it may only be the first line");
    }
    headed = true;
    next.header(journalId);
  }

  @Override
  public void entry(RawEntry entry) {
    inside("entry " + entry.index());
    next.entry(entry);
  }

  @Override
  public void checkpoint(RawCheckpoint checkpoint) {
    inside("checkpoint " + checkpoint.size());
    next.checkpoint(checkpoint);
  }

  @Override
  public void footer(long entries, long checkpoints) {
    inside("the footer");
    ended = true;
    next.footer(entries, checkpoints);
  }

  private void inside(String what) {
    if (!headed) {
      next.unreadable("the first line", "it must be the header, found " + what);
      headed = true;
    }
    if (ended) {
      next.unreadable(what, "it stands after the footer");
    }
  }

  @Override
  public void unreadable(String where, String why) {
    headed = true; // a damaged header is told once
    next.unreadable(where, why);
  }

  @Override
  public void cut(String why) {
    next.cut(why);
  }

  /// At the end of the file.
  void finish() {
    if (!ended) {
      next.cut("the last line, with the counts, is missing: the export was cut");
    }
  }
}
