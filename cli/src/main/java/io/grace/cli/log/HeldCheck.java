package io.grace.cli.log;

import io.grace.cli.log.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Compares a journal with the checkpoint that the caller kept outside of it.
final class HeldCheck {
  private final Optional<HeldCheckpoint> held;
  private final KeyHistory keys;
  private final Findings findings;
  private String headerId = "";
  private boolean met;
  private boolean confirmed;

  HeldCheck(Optional<HeldCheckpoint> held, KeyHistory keys, Findings findings) {
    this.held = held;
    this.keys = keys;
    this.findings = findings;
  }

  void header(String journalId) {
    headerId = journalId;
  }

  /// @param hash of an entry that stands in its place
  void entry(long index, byte[] hash) {
    if (held.isEmpty() || held.get().checkpoint().size() != index) {
      return;
    }
    RawCheckpoint checkpoint = held.get().checkpoint();
    met = true;
    if (!Arrays.equals(checkpoint.head().getBytes(StandardCharsets.UTF_8), hash)) {
      findings.add(
          Kind.CHECKPOINT_MISMATCH,
          index,
          "entry "
              + index
              + " is another one than when the checkpoint you hold was signed:"
              + " history up to there was rewritten");
      return;
    }
    confirmed =
        held.get().journalId().equals(keys.journalId())
            && keys.isSigned("the checkpoint you hold", checkpoint);
  }

  void finish(long last) {
    if (!headerId.isEmpty() && !headerId.equals(keys.journalId())) {
      findings.add(
          Kind.FORGED_GENESIS,
          1,
          "the export is headed " + headerId + " but holds journal " + keys.journalId());
    }
    if (held.isEmpty()) {
      return;
    }
    long size = held.get().checkpoint().size();
    if (!held.get().journalId().equals(keys.journalId())) {
      findings.add(
          Kind.FORGED_GENESIS,
          1,
          "this is journal %s, the checkpoint you hold is of %s"
              .formatted(keys.journalId(), held.get().journalId()));
    } else if (size > last) {
      findings.add(
          Kind.CUT_TAIL,
          size,
          "the checkpoint you hold covers %d entries, the journal ends at %d: %d were cut off"
              .formatted(size, last, size - last));
    } else if (!met) {
      findings.add(
          Kind.CHECKPOINT_MISMATCH, size, "the checkpoint you hold is of a missing entry " + size);
    }
  }

  /// Whether it vouches for everything up to it.
  boolean isConfirmed() {
    return confirmed;
  }
}
