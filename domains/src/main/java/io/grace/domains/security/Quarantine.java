package io.grace.domains.security;

/// Who is isolated now: whoever lets callers in asks it first. *Thread-safe, and quick enough to be
/// asked for every request.*
public interface Quarantine {
  /// Whether this caller is to be turned away, by itself or with its network. That it was asked and
  /// turned away is remembered, so that a quarantine that is too wide can be told.
  ///
  /// @param caller the address that the request came from
  boolean isBlocked(String caller);

  /// Whether the token of this name is not to be honoured.
  boolean isRevoked(String tokenName);
}
