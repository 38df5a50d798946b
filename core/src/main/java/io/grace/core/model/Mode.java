package io.grace.core.model;

/// How far GRACE may go by itself. The global mode is a ceiling; a service or a service × playbook
/// may be lower, never higher.
public enum Mode {
  /// Record what would have been done; touch nothing.
  OBSERVE,
  /// Act once people approved.
  APPROVE,
  /// Act without asking, within the guardrails.
  AUTONOMOUS;

  public Mode atMost(Mode ceiling) {
    return compareTo(ceiling) <= 0 ? this : ceiling;
  }
}
