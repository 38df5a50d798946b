package io.grace.cli.log;

/// Something that is wrong with a journal, and where.
///
/// @param index of the entry that it is about; 0 if it is about the journal as a whole
public record Finding(Kind kind, long index, String message) {
  /// What can be wrong.
  public enum Kind {
    /// A line or row without meaning.
    UNREADABLE,
    /// A field does not agree with the entry's own hash.
    EDITED,
    /// An entry does not follow from the one before it.
    BROKEN_LINK,
    /// Entries are missing.
    GAP,
    /// An entry stands in another place than its index says.
    REORDERED,
    /// An index occurs twice.
    DUPLICATE,
    /// The first entry is not that of the wanted journal or key.
    FORGED_GENESIS,
    /// A later entry has a lower fencing epoch.
    EPOCH_FELL,
    /// Entries at the end are gone.
    CUT_TAIL,
    /// A checkpoint is signed by no key of this journal, or not at all.
    BAD_SIGNATURE,
    /// A checkpoint's head is not the hash of the entry at its size.
    CHECKPOINT_MISMATCH,
    /// A checkpoint after a rotation is signed by the key that was rotated out.
    RETIRED_KEY,
    /// Nothing is signed, or more than the caller accepts is not signed.
    UNSIGNED,
    /// A new key was not signed by the old one.
    FORGED_ROTATION
  }
}
