package io.grace.cli.log;

import io.grace.cli.log.Finding.Kind;
import io.grace.cli.log.IndexOrder.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/// Reads a journal once and says what is wrong with it. *Owned by one thread.*
///
/// Every entry is hashed again, every link and every signature checked. After something wrong it
/// goes on from what is stored, so that one change gives one finding and hides no other.
public final class Verifier implements LogSink {
  private static final byte[] ROTATED = ChainHash.ascii("key.rotated");
  private static final int PROGRESS_EVERY = 50_000;

  /// A journal's own checkpoints are met in order; more than this ahead of their entries is an
  /// attack.
  private static final int MAX_AHEAD = 10_000;

  private final Findings findings = new Findings();
  private final IndexOrder order = new IndexOrder(findings);
  private final ChainHash hashes = new ChainHash();
  private final List<RawCheckpoint> ahead = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final LongConsumer progress;
  private final KeyHistory keys;
  private final HeldCheck held;
  private final long maxUnsigned;

  private byte[] head = new byte[0];
  private long epoch;
  private long entries;
  private long checkpoints;
  private long signedUpTo;

  private Verifier(Trust trust, LongConsumer progress) {
    this.progress = progress;
    this.keys = new KeyHistory(trust, findings);
    this.maxUnsigned = trust.maxUnsigned();
    this.held = new HeldCheck(trust.held(), keys, findings);
  }

  /// @param progress told the number of entries now and then
  public static Verdict verify(LogSource source, Trust trust, LongConsumer progress)
      throws IOException {
    Verifier verifier = new Verifier(trust, progress);
    source.read(verifier);
    return verifier.verdict();
  }

  @Override
  public void header(String journalId) {
    held.header(journalId);
  }

  @Override
  public void entry(RawEntry entry) {
    entries++;
    if (entries % PROGRESS_EVERY == 0) {
      progress.accept(entries);
    }
    if (entry.index() < 1) {
      findings.add(Kind.UNREADABLE, entry.index(), "an index must be 1 or more: " + entry.index());
      return;
    }
    Place place = order.place(entry.index());
    if (entry.index() == 1 && place != Place.AGAIN) {
      keys.created(entry);
    }
    boolean follows = place == Place.NEXT && follows(entry);
    byte[] previous = follows ? expectedPrevious(entry) : ChainHash.parse(entry.previous());
    byte[] hash = hashes.of(entry, previous);
    boolean isWhole = ChainHash.isHexOf(entry.hash(), hash);
    if (!isWhole) {
      findings.add(
          Kind.EDITED,
          entry.index(),
          "entry " + entry.index() + " does not agree with its hash: a field was edited");
    }
    switch (place) {
      case NEXT -> {
        if (!follows) {
          broken(entry);
        }
        advance(entry, isWhole ? hash : stored(entry, hash));
      }
      case AFTER_GAP -> advance(entry, isWhole ? hash : stored(entry, hash));
      case LATE ->
          findings.add(
              Kind.REORDERED, entry.index(), "entry " + entry.index() + " comes after a later one");
      case AGAIN ->
          findings.add(Kind.DUPLICATE, entry.index(), "entry " + entry.index() + " occurs again");
    }
  }

  /// What the next entry was meant to follow, as far as that can be told.
  private static byte[] stored(RawEntry entry, byte[] computed) {
    byte[] hash = ChainHash.parse(entry.hash());
    return hash.length == 0 ? computed : hash;
  }

  private byte[] expectedPrevious(RawEntry entry) {
    return entry.index() == 1 ? hashes.genesis(keys.journalId()) : head;
  }

  private boolean follows(RawEntry entry) {
    return ChainHash.isHexOf(entry.previous(), expectedPrevious(entry));
  }

  private void broken(RawEntry entry) {
    if (entry.index() == 1) {
      findings.add(
          Kind.FORGED_GENESIS, 1, "entry 1 does not follow from journal id " + keys.journalId());
    } else {
      findings.add(
          Kind.BROKEN_LINK,
          entry.index(),
          "entry %d does not follow from entry %d: one of them was replaced"
              .formatted(entry.index(), entry.index() - 1));
    }
  }

  private void advance(RawEntry entry, byte[] hash) {
    head = hash;
    if (entry.epoch() < epoch) {
      findings.add(
          Kind.EPOCH_FELL,
          entry.index(),
          "entry %d has epoch %d after %d: a fenced writer got through"
              .formatted(entry.index(), entry.epoch(), epoch));
    }
    epoch = entry.epoch();
    if (Arrays.equals(entry.kind(), ROTATED)) {
      keys.rotated(entry);
    }
    held.entry(entry.index(), entry.hash());
  }

  @Override
  public void checkpoint(RawCheckpoint checkpoint) {
    checkpoints++;
    if (checkpoint.size() > order.last() && ahead.size() < MAX_AHEAD) {
      ahead.add(checkpoint); // its entry should have come before it; the end tells what that means
    } else if (checkpoint.size() != order.last()) {
      findings.add(
          Kind.CHECKPOINT_MISMATCH,
          checkpoint.size(),
          "checkpoint at %d stands after entry %d".formatted(checkpoint.size(), order.last()));
    } else if (!ChainHash.isHexOf(checkpoint.head().getBytes(StandardCharsets.UTF_8), head)) {
      findings.add(
          Kind.CHECKPOINT_MISMATCH,
          checkpoint.size(),
          "checkpoint at %d was signed over another entry %d"
              .formatted(checkpoint.size(), checkpoint.size()));
    } else if (keys.isSigned("the checkpoint", checkpoint)) {
      signedUpTo = checkpoint.size();
    }
  }

  @Override
  public void footer(long saidEntries, long saidCheckpoints) {
    if (saidEntries != entries || saidCheckpoints != checkpoints) {
      findings.add(
          saidEntries > entries ? Kind.CUT_TAIL : Kind.UNREADABLE,
          0,
          "the export says %d entries and %d checkpoints, found %d and %d"
              .formatted(saidEntries, saidCheckpoints, entries, checkpoints));
    }
  }

  @Override
  public void unreadable(String where, String why) {
    findings.add(Kind.UNREADABLE, order.last() + 1, where + " is unreadable: " + why);
  }

  @Override
  public void cut(String why) {
    findings.add(Kind.CUT_TAIL, order.last() + 1, why);
  }

  private Verdict verdict() {
    order.finish();
    for (RawCheckpoint checkpoint : ahead) {
      boolean cut = checkpoint.size() > order.last();
      findings.add(
          cut ? Kind.CUT_TAIL : Kind.CHECKPOINT_MISMATCH,
          checkpoint.size(),
          cut
              ? "a checkpoint covers %d entries, the journal ends at %d"
                  .formatted(checkpoint.size(), order.last())
              : "checkpoint at %d does not follow its entry".formatted(checkpoint.size()));
    }
    if (entries == 0) {
      findings.add(Kind.GAP, 1, "there is no entry at all");
    }
    held.finish(order.last());
    long unsigned = order.last() - signedUpTo;
    judgeUnsigned(unsigned);
    boolean pinned = keys.isPinned() || held.isConfirmed();
    if (!pinned) {
      warnings.add(
          "self-consistent at best: signed by key "
              + keys.currentId()
              + ", which nothing you gave vouches for; pass a trusted key or a checkpoint you hold");
    }
    return new Verdict(
        keys.journalId(),
        entries,
        order.last(),
        HexFormat.of().formatHex(head),
        checkpoints,
        signedUpTo,
        unsigned,
        pinned,
        findings.kept(),
        findings.further(),
        warnings);
  }

  private void judgeUnsigned(long unsigned) {
    if (signedUpTo == 0) { // a journal is signed as it is created, so this is never innocent
      findings.add(Kind.UNSIGNED, 1, "no valid checkpoint covers anything");
    } else if (unsigned > maxUnsigned) {
      findings.add(
          Kind.UNSIGNED,
          signedUpTo + 1,
          unsigned + " entries after the last valid checkpoint, at most wanted: " + maxUnsigned);
    } else if (unsigned > 0) {
      warnings.add(unsigned + " entries after the last valid checkpoint are not signed yet");
    }
  }
}
