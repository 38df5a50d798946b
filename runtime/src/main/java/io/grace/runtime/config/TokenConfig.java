package io.grace.runtime.config;

import io.grace.core.memory.DomainId;
import io.grace.core.model.Hash;
import java.util.Optional;

/// Who may use the API, and as what. *Immutable.*
///
/// @param domain in whose name the holder remembers and recalls; without one there are no memories
public record TokenConfig(String name, Role role, Proof proof, Optional<DomainId> domain) {
  /// Each may do what the ones before it may.
  public enum Role {
    VIEWER,
    OPERATOR,
    APPROVER,
    ADMIN
  }

  /// What a presented token is compared with.
  public sealed interface Proof {
    /// @param reference such as `env:ALICE_TOKEN` or `file:/run/secrets/alice`
    record Secret(String reference) implements Proof {}

    record Sha256(Hash hash) implements Proof {}
  }
}
