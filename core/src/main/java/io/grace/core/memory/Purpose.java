package io.grace.core.memory;

/// What a memory is wanted for. Said by the one who asks, and kept in the journal for whoever
/// audits.
public enum Purpose {
  /// Somebody works on an incident.
  INCIDENT,
  /// A playbook is chosen or run.
  HEALING,
  /// Somebody looks into what was decided.
  AUDIT,
  /// A decision is deliberated.
  DELIBERATION,
  /// Patterns are looked for.
  ANALYSIS,
  /// A model is trained.
  TRAINING;

  /// Whether a memory that is so sensitive may be used for this.
  public boolean fits(Sensitivity sensitivity) {
    return switch (sensitivity) {
      case ORDINARY -> true;
      case SENSITIVE -> this == INCIDENT || this == HEALING || this == AUDIT;
      case SECRET -> this == INCIDENT || this == AUDIT;
    };
  }
}
