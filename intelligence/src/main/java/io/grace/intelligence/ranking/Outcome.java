package io.grace.intelligence.ranking;

/// What came of a decision, whenever that is known.
public enum Outcome {
  /// Verified: the service is well.
  SUCCEEDED,
  /// Verified: it is not.
  FAILED,
  /// It is not, and what was done made it worse.
  HARMED,
  /// Nobody will ever know; that says nothing about the chance of success.
  MISSING
}
