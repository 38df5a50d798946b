package io.grace.core.model;

/// How bad an incident is, from `LOW` to `CRITICAL`.
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  public boolean atLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
