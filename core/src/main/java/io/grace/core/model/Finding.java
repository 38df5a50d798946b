package io.grace.core.model;

/// What a verification says. Not knowing is not failing.
public enum Finding {
  PASSED,
  FAILED,
  /// Neither: the run pauses and asks a person.
  INCONCLUSIVE
}
