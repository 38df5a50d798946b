package io.grace.cli.log;

/// Takes over what a source finds, in the order in which it finds it.
public interface LogSink {
  /// The head line of an export.
  void header(String journalId);

  void entry(RawEntry entry);

  void checkpoint(RawCheckpoint checkpoint);

  /// The last line of an export, with what it says it holds.
  void footer(long entries, long checkpoints);

  /// A line or row that has no meaning.
  ///
  /// @param where such as `line 17`
  void unreadable(String where, String why);

  /// Something at the end is not there.
  void cut(String why);
}
