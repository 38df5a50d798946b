package io.grace.cli.log;

import java.util.List;

/// What is known about a journal after all of it was read. *Immutable.*
///
/// @param journalId empty if there was no first entry
/// @param entries how many were read
/// @param head the hash of the last entry, in hexadecimal
/// @param signedUpTo the size of the newest valid checkpoint
/// @param unsigned entries after it: a warning, since a running journal always has some
/// @param pinned whether a trusted key or a held checkpoint vouches for it; else it agrees with
///   itself only
/// @param findings at most a thousand
/// @param further findings that were counted but not kept
/// @param warnings what is no proof of harm but worth knowing
public record Verdict(
    String journalId,
    long entries,
    long lastIndex,
    String head,
    long checkpoints,
    long signedUpTo,
    long unsigned,
    boolean pinned,
    List<Finding> findings,
    long further,
    List<String> warnings) {
  public Verdict {
    findings = List.copyOf(findings);
    warnings = List.copyOf(warnings);
  }

  public boolean isClean() {
    return findings.isEmpty();
  }
}
