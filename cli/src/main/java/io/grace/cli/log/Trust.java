package io.grace.cli.log;

import java.util.Optional;

/// What the caller knows about a journal from elsewhere. Without any of it a journal can only be
/// found to agree with itself, which a forger's does too.
///
/// @param firstKey the key that the journal was created with
/// @param held a checkpoint that was kept outside
/// @param maxUnsigned how many entries after the last checkpoint are acceptable
public record Trust(
    Optional<PublicKey> firstKey,
    Optional<HeldCheckpoint> held,
    Optional<String> journalId,
    long maxUnsigned) {
  public static Trust none() {
    return new Trust(Optional.empty(), Optional.empty(), Optional.empty(), Long.MAX_VALUE);
  }
}
