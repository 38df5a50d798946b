package io.grace.runtime.domain;

import io.grace.runtime.journal.JournalException;

/// The upkeep of the journal: what can be measured of it, and what can be done without changing
/// what it says. *Thread-safe.*
public interface Ledger {
  long entries();

  /// Entries that the next start would replay.
  long entriesUnsaved();

  /// Has the state saved after the next cycle of the loop, so that the next start replays little.
  void saveState();

  /// How long the write-ahead log of SQLite is; 0 on PostgreSQL.
  long logBytes();

  /// Cuts the write-ahead log down to nothing.
  ///
  /// @return false if a reader stood in the way
  boolean truncateLog() throws JournalException;

  /// Signs with a new key from now on; the old one vouches for it in the journal.
  ///
  /// @param actor who asked for it
  void rotateKey(String actor) throws JournalException;
}
