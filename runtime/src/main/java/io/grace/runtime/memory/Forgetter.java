package io.grace.runtime.memory;

import io.grace.core.event.MemoryEvent;
import io.grace.core.event.MemoryEvent.MemoryForgetting;
import io.grace.core.loop.MemoryCommand;
import io.grace.core.loop.MemoryCommands.Outcome;
import io.grace.core.memory.Forgetting;
import io.grace.core.model.Hash;
import io.grace.core.spi.MemoryStore.Unavailable;
import io.grace.runtime.codec.Payloads;
import io.grace.runtime.journal.SigningKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Carries out what is to be forgotten, looks whether it is gone, and has the proof recorded.
/// *Thread-safe.* May be repeated: what is gone stays gone.
final class Forgetter {
  private final MemoryBank bank;
  private final Prefetch prefetch;
  private final Recorder recorder;
  private final Supplier<SigningKey> key;
  private final InstantSource clock;

  /// One at a time, since each rewrites a part of the index.
  private final ReentrantLock forgetting = new ReentrantLock();

  interface Recorder {
    Outcome record(MemoryCommand command) throws InterruptedException, Unavailable;
  }

  Forgetter(
      MemoryBank bank,
      Prefetch prefetch,
      Recorder recorder,
      Supplier<SigningKey> key,
      InstantSource clock) {
    this.bank = bank;
    this.prefetch = prefetch;
    this.recorder = recorder;
    this.key = key;
    this.clock = clock;
  }

  /// What was begun by this event.
  static Forgetting opened(MemoryEvent event) {
    if (event instanceof MemoryForgetting e) {
      return new Forgetting(e.request(), e.domain(), e.by(), e.memories(), e.reason(), e.at());
    }
    throw new IllegalStateException("not the intent to forget: " + event);
  }

  /// @throws Unavailable if not all is gone, or the proof is not recorded; it stays open then
  Signed<ForgetProof> finish(Forgetting open) throws InterruptedException, Unavailable {
    forgetting.lock();
    try {
      var removed = bank.forget(open.domain(), open.memories());
      prefetch.clear();
      var proof = Signed.of(proof(open, removed), key.get());
      var outcome =
          recorder.record(new MemoryCommand.Forgotten(open.request(), removed.size(), hash(proof)));
      if (outcome instanceof Outcome.Refused(_, _, String why, _)) {
        throw new Unavailable(why, new IllegalStateException());
      }
      return proof;
    } finally {
      forgetting.unlock();
    }
  }

  static Hash hash(Signed<ForgetProof> proof) {
    return Hash.sha256(Payloads.canonical(proof));
  }

  private ForgetProof proof(Forgetting open, List<Hash> removed) throws Unavailable {
    var remains = bank.remains(open.domain(), open.memories());
    int ahead = prefetch.holds(new HashSet<>(open.memories()));
    if (!remains.isNone() || ahead > 0) {
      throw new Unavailable(
          "what was to be forgotten is still there: " + remains, new IllegalStateException());
    }
    return new ForgetProof(
        open.request(),
        open.domain(),
        open.by(),
        open.reason(),
        open.memories(),
        removed,
        List.of(
            new ForgetProof.Part(
                "store",
                "rows deleted, their bytes overwritten, the write-ahead log cut off; all rows of the"
                    + " domain read again",
                remains.stored().size()),
            new ForgetProof.Part(
                "index",
                "every segment that held one written anew, the old files removed; searched by id",
                remains.indexed().size()),
            new ForgetProof.Part(
                "uses", "counters of use removed; looked up again", remains.used().size()),
            new ForgetProof.Part("prefetch", "emptied; looked through again", ahead)),
        clock.instant().truncatedTo(ChronoUnit.MICROS));
  }
}
