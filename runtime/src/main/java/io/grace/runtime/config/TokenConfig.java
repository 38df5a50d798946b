package io.grace.runtime.config;

import io.grace.core.model.Hash;

/// Who may use the API, and as what. *Immutable.*
public record TokenConfig(String name, Role role, Proof proof) {
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
