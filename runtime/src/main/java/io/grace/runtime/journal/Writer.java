package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import io.grace.core.entry.Entry;
import io.grace.runtime.journal.JournalException.Kind;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The end of the chain in memory, and the only way to move it. *Owned by whoever holds the store's
/// lock*, but for the head, which anyone may look at.
///
/// Memory follows the database: the head moves after the commit. A write that broke off stays
/// pending until the database has been asked about it.
final class Writer {
  /// The rows of one write.
  @FunctionalInterface
  private interface Rows {
    void write(Transaction running) throws SQLException;
  }

  private final Storage storage;
  private final Projections projections;
  private final InstantSource clock;
  private final Transaction transaction;
  private final Chain chain = new Chain();
  private final long epoch;
  private final String journalId;

  private volatile Head head;
  private SigningKey key;
  private Instant checkpointAt = Instant.EPOCH;
  private long checkpointSize;
  private @Nullable Pending pending;

  Writer(
      Storage storage,
      Projections projections,
      InstantSource clock,
      Transaction transaction,
      Opening.Result opened) {
    this.storage = storage;
    this.projections = projections;
    this.clock = clock;
    this.transaction = transaction;
    this.epoch = opened.epoch();
    this.journalId = opened.journalId();
    this.head = opened.head();
    this.key = opened.key();
    this.checkpointSize = opened.checkpointSize();
  }

  /// @param signer who signs from these entries on: the current key, or the one they rotate to
  /// @return the index of the last entry
  long append(List<Draft> drafts, SigningKey signer) throws JournalException {
    if (settle(drafts)) {
      return head.index();
    }
    Instant now = clock.instant();
    List<Entry> entries = chain.extend(head, epoch, drafts);
    Head after = new Head(entries.getLast().index(), entries.getLast().hash());
    boolean rotates = !signer.id().equals(key.id());
    Optional<Checkpoint> checkpoint =
        rotates || isDue(now)
            ? Optional.of(Checkpoint.sign(journalId, after, now, signer))
            : Optional.empty();
    commit(
        "append " + drafts.size() + " entries after " + head.index(),
        new Pending(head, after, drafts, signer, checkpoint),
        now,
        running -> {
          EntryTable.insert(running, entries);
          projections.apply(running::statement, entries);
          if (rotates) {
            KeyTable.insert(running, after.index(), signer);
          }
        });
    return after.index();
  }

  /// Signs the head if it is not signed yet.
  Optional<Checkpoint> checkpoint(Instant now) throws JournalException {
    Pending open = pending;
    if (open != null && !open.drafts().isEmpty()) {
      return Optional.empty(); // the append that is in doubt settles it, and it alone
    }
    if (head.index() == checkpointSize) {
      return Optional.empty();
    }
    Checkpoint checkpoint = Checkpoint.sign(journalId, head, now, key);
    Pending write = new Pending(head, head, List.of(), key, Optional.of(checkpoint));
    commit("sign the head " + head.index(), write, now, _ -> {});
    return Optional.of(checkpoint);
  }

  /// Whether the last signature is old enough for another one.
  boolean isDue(Instant now) {
    return !now.isBefore(checkpointAt.plus(EntryStore.CHECKPOINT_EVERY));
  }

  /// Before closing: nobody will try a broken append again.
  void settleForGood() throws JournalException {
    Pending open = pending;
    if (open != null) {
      isRecorded(open);
    }
  }

  private void commit(String what, Pending write, Instant now, Rows rows) throws JournalException {
    pending = write;
    try {
      transaction.commit(
          what,
          epoch,
          now,
          running -> {
            rows.write(running);
            if (write.checkpoint().isPresent()) {
              CheckpointTable.insert(running, write.checkpoint().get());
            }
            return write;
          });
      accept(write);
    } catch (JournalException e) {
      if (!transaction.failedInCommit() || !cameThrough(write)) {
        throw e;
      }
    }
  }

  /// Asks the database about a commit that ended without an answer.
  private boolean cameThrough(Pending write) throws JournalException {
    try {
      return settle(write.drafts());
    } catch (JournalException unreachable) {
      throw new JournalException(
          unreachable.kind(),
          "the connection broke during a commit, so whether entry "
              + write.after().index()
              + " is recorded shows when the same append is tried again: "
              + unreachable.getMessage(),
          unreachable);
    }
  }

  /// Finds out what became of a broken write.
  ///
  /// @return whether it was recorded, with these very drafts
  private boolean settle(List<Draft> drafts) throws JournalException {
    Pending open = pending;
    if (open == null || !isRecorded(open)) {
      return false;
    }
    if (open.drafts().equals(drafts)) {
      return true;
    }
    throw new JournalException(
        Kind.DIVERGED,
        "entries %d to %d were recorded although their append ended without an answer; read them"
                .formatted(open.before().index() + 1, open.after().index())
            + " from the journal before deciding anything else: start again");
  }

  private boolean isRecorded(Pending open) throws JournalException {
    Head stored =
        transaction.commit(
            "read the head again",
            epoch,
            clock.instant(),
            running -> EntryTable.head(running.connection()).orElse(open.before()));
    if (stored.equals(open.before())) {
      pending = null;
      return false;
    }
    if (!stored.equals(open.after())) {
      throw new JournalException(
          Kind.FENCED,
          "%s ends at entry %d, which this process did not write; it must stop"
              .formatted(storage.name(), stored.index()));
    }
    accept(open);
    return true;
  }

  private void accept(Pending write) {
    head = write.after();
    key = write.signer();
    if (write.checkpoint().isPresent()) {
      checkpointSize = write.checkpoint().get().size();
      checkpointAt = write.checkpoint().get().at();
    }
    pending = null;
  }

  Head head() {
    return head;
  }

  SigningKey key() {
    return key;
  }
}
