package io.grace.runtime.journal;

import io.grace.core.entry.Draft;
import java.util.List;
import java.util.Optional;

/// A write whose outcome is not known yet: under way, or broken off. *Immutable.*
///
/// The head proves the outcome, since no other batch could have led to the hash after it.
///
/// @param signer the key that signs once it is recorded
record Pending(
    Head before,
    Head after,
    List<Draft> drafts,
    SigningKey signer,
    Optional<Checkpoint> checkpoint) {}
