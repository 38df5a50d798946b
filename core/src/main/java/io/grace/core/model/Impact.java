package io.grace.core.model;

/// How much an action may hurt while it runs, from `LOW` to `CRITICAL`.
public enum Impact {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  public boolean atLeast(Impact other) {
    return compareTo(other) >= 0;
  }
}
