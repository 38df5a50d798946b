package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/// A table for questions, written in the same transaction as the entries that it is made of.
///
/// A projection that was not registered under an earlier writer, or whose version changed, is
/// cleared and rebuilt from the whole journal when it is opened; so its table may be thought of as
/// a cache. Methods are called by the writer only and must neither commit nor roll back.
public interface Projection {
  /// Unique and stable, such as `run`.
  String name();

  /// Raised when the meaning of the table changes, so that it is rebuilt.
  default int version() {
    return 1;
  }

  /// The kinds of entry that it wants to see.
  Set<String> kinds();

  /// Takes over entries of its kinds, in the order of the journal; never an empty list.
  void apply(Statements statements, List<Entry> entries) throws SQLException;

  /// Removes all that it has written, before a rebuild.
  void clear(Statements statements) throws SQLException;
}
