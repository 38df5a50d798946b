package io.grace.runtime.memory;

import io.grace.core.memory.DomainId;
import io.grace.core.model.Hash;
import java.time.Instant;
import java.util.List;

/// That memories are gone: from which parts how many were removed, and that a look through each
/// part afterwards found none of them. Holds hashes only. *Immutable.*
///
/// @param request names it; the journal has the intent and the hash of this proof under it
/// @param memories everything that was to be forgotten
/// @param removed those that were there
public record ForgetProof(
    Hash request,
    DomainId domain,
    String by,
    String reason,
    List<Hash> memories,
    List<Hash> removed,
    List<Part> parts,
    Instant at) {
  public ForgetProof {
    memories = List.copyOf(memories);
    removed = List.copyOf(removed);
    parts = List.copyOf(parts);
  }

  /// @param name such as `store`
  /// @param how what was done to it
  /// @param found how many of the memories were in it afterwards; a proof has 0 everywhere
  public record Part(String name, String how, int found) {}
}
