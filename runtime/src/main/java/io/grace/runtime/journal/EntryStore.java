package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import io.grace.runtime.journal.JournalException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// The writer of a journal: appends, chains, signs, and stops as soon as another process leads.
/// *Thread-safe*, though one thread is meant to write.
///
/// An append is durable when it returns. When it fails, nothing of it is recorded; if the
/// connection broke during the commit, so that nobody can tell, the next append finds out: the same
/// drafts again are recorded once, other drafts are refused, since they were decided without
/// knowing.
public final class EntryStore implements AutoCloseable {
  /// How long an entry may stay without a signature over it.
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

  private final ReentrantLock writing = new ReentrantLock();
  private final FileKeyRing keys;
  private final InstantSource clock;
  private final EntryReader reader;
  private final Transaction transaction;
  private final Writer writer;
  private final long epoch;
  private final String journalId;

  private EntryStore(
      FileKeyRing keys,
      InstantSource clock,
      EntryReader reader,
      Transaction transaction,
      Writer writer,
      Opening.Result opened) {
    this.keys = keys;
    this.clock = clock;
    this.reader = reader;
    this.transaction = transaction;
    this.writer = writer;
    this.epoch = opened.epoch();
    this.journalId = opened.journalId();
  }

  /// Takes leadership, whoever had it before, and creates the journal if there is none.
  ///
  /// @param holder who this is, for people: `pid 4711 on web1`
  public static EntryStore open(
      Storage storage,
      FileKeyRing keys,
      List<Projection> projections,
      InstantSource clock,
      String holder)
      throws JournalException {
    Projections registered = new Projections(projections);
    Transaction transaction = new Transaction(storage);
    Opening opening =
        new Opening(keys, registered, clock.instant(), holder, UUID.randomUUID().toString());
    Opening.Result opened = transaction.commit("take the lead", opening::run);
    Writer writer = new Writer(storage, registered, clock, transaction, opened);
    return new EntryStore(keys, clock, new EntryReader(storage), transaction, writer, opened);
  }

  /// Records drafts in this order, all or none, and durably.
  ///
  /// @param drafts 1 to 10,000
  /// @return the index of the last
  public long append(List<Draft> drafts) throws JournalException {
    DraftLimits.check(drafts);
    for (Draft draft : drafts) {
      if (Identity.KINDS.contains(draft.kind())) {
        throw new IllegalArgumentException("only the store itself writes " + draft.kind());
      }
    }
    writing.lock();
    try {
      return writer.append(List.copyOf(drafts), writer.key());
    } finally {
      writing.unlock();
    }
  }

  /// Signs with a new key from now on; the old one vouches for it in the journal.
  ///
  /// @param actor the person who asked for it
  public SigningKey rotateKey(String actor) throws JournalException {
    writing.lock();
    try {
      SigningKey next = keys.create();
      Draft rotated = Identity.rotated(clock.instant(), actor, journalId, writer.key(), next);
      List<Draft> drafts = List.of(rotated);
      DraftLimits.check(drafts);
      writer.append(drafts, next);
      return next;
    } finally {
      writing.unlock();
    }
  }

  /// Signs the head if there is news and the last signature is a second old; to be called often,
  /// since an append signs only when one is due.
  public Optional<Checkpoint> checkpointIfDue(Instant now) throws JournalException {
    writing.lock();
    try {
      return writer.isDue(now) ? writer.checkpoint(now) : Optional.empty();
    } finally {
      writing.unlock();
    }
  }

  /// Renews the lease while there is nothing to write; tells an old leader that it has been
  /// replaced.
  public void renew() throws JournalException {
    writing.lock();
    try {
      transaction.commit("renew the lease", epoch, clock.instant(), _ -> epoch);
    } finally {
      writing.unlock();
    }
  }

  /// Keeps a folded state, so that the next start replays only what follows; the last three stay.
  ///
  /// @param at the head up to which it was folded
  /// @param format what wrote the bytes
  public void saveState(Head at, int format, byte[] bytes) throws JournalException {
    String body = StateTable.pack(bytes);
    writing.lock();
    try {
      Instant now = clock.instant();
      StateBlob state = new StateBlob(at.index(), at.hash(), now, format, bytes);
      transaction.commit(
          "save the state at " + at.index(),
          epoch,
          now,
          running -> {
            StateTable.insert(running, state, body);
            return epoch;
          });
    } finally {
      writing.unlock();
    }
  }

  public EntryReader reader() {
    return reader;
  }

  /// The newest entry that is durable.
  public Head head() {
    return writer.head();
  }

  /// The key that signs now.
  public SigningKey key() {
    writing.lock();
    try {
      return writer.key();
    } finally {
      writing.unlock();
    }
  }

  public String journalId() {
    return journalId;
  }

  /// The fencing epoch of this writer.
  public long epoch() {
    return epoch;
  }

  /// Signs what is left, gives up the lease and the connection; the storage stays open.
  @Override
  public void close() throws JournalException {
    writing.lock();
    try {
      Instant now = clock.instant();
      writer.settleForGood();
      writer.checkpoint(now);
      transaction.commit(
          "release the lease",
          epoch,
          now,
          running -> {
            LeaseTable.release(running, now);
            return epoch;
          });
    } catch (JournalException e) {
      if (e.kind() != Kind.FENCED) { // a fenced writer has nothing left to sign
        throw e;
      }
    } finally {
      transaction.close();
      writing.unlock();
    }
  }
}
