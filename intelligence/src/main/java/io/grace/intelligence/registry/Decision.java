package io.grace.intelligence.registry;

/// What the registry decided, in words, and the registry after it. *Immutable.*
///
/// @param reason with what was found and what was wanted
public record Decision(Kind kind, ModelRegistry registry, String reason) {
  /// What was decided.
  public enum Kind {
    /// A candidate was taken in.
    PROPOSED,
    /// The candidate forecasts from now on.
    ACTIVATED,
    /// The candidate does not.
    REFUSED,
    /// The active version stays.
    KEPT,
    /// Its parent forecasts again or, without a good one, naive does.
    ROLLED_BACK
  }

  /// Whether to train anew.
  public record Due(boolean isDue, String reason) {}
}
