package io.grace.runtime.journal;

import io.grace.core.entry.Entry;
import io.grace.runtime.journal.JournalException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The take-over of a journal, in one transaction: lease, identity, key, projections.
///
/// @param newId the journal's id if it has to be created
record Opening(
    FileKeyRing keys, Projections projections, Instant now, String holder, String newId) {

  /// What the writer starts from.
  record Result(long epoch, String journalId, Head head, SigningKey key, long checkpointSize) {}

  Result run(Transaction running) throws SQLException, JournalException {
    long epoch = LeaseTable.take(running, holder, now).epoch();
    Connection connection = running.connection();
    Optional<Head> stored = EntryTable.head(connection);
    Result result =
        stored.isPresent() ? resume(connection, epoch, stored.get()) : create(running, epoch);
    projections.catchUp(running, epoch);
    return result;
  }

  private Result resume(Connection connection, long epoch, Head head)
      throws SQLException, JournalException {
    Entry first = EntryTable.entry(connection, 1).orElseThrow(() -> damaged("entry 1 is missing"));
    String keyId =
        KeyTable.currentId(connection).orElseThrow(() -> damaged("its signing key is not named"));
    long signed = CheckpointTable.newest(connection).map(Checkpoint::size).orElse(0L);
    return new Result(epoch, Identity.journalId(first), head, keys.load(keyId), signed);
  }

  private Result create(Transaction running, long epoch) throws SQLException, JournalException {
    SigningKey key = keys.create();
    Head genesis = new Head(0, Chain.genesis(newId));
    List<Entry> entries =
        new Chain().extend(genesis, epoch, List.of(Identity.created(now, newId, key)));
    Head head = new Head(1, entries.getLast().hash());
    EntryTable.insert(running, entries);
    KeyTable.insert(running, 1, key);
    CheckpointTable.insert(running, Checkpoint.sign(newId, head, now, key));
    return new Result(epoch, newId, head, key, head.index());
  }

  private static JournalException damaged(String what) {
    return new JournalException(
        Kind.GIVE_UP,
        "the journal is damaged: "
            + what
            + "; check it with 'grace log verify' and restore a backup");
  }
}
