package io.grace.intelligence.pattern;

/// One kind of event as a cause of another. *Immutable.*
///
/// @param cause and `effect`: kinds
/// @param share of the effect's events that the cause explains beyond chance, in [0, 1); the
///   geometric mean over what counts as one episode
/// @param logOdds that the cause is one, among all pairs; only their order is meant
public record Cause(int cause, int effect, double share, double logOdds) {}
