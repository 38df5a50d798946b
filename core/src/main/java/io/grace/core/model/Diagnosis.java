package io.grace.core.model;

import java.util.List;
import java.util.Optional;

/// What is wrong with a service and how sure that is. *Immutable.*
///
/// @param confidence in [0, 1]
/// @param evidence the symptoms it rests on, strongest first
/// @param causedBy a dependency whose own incident explains this one
/// @param changes those that may have brought it about, the likeliest first
/// @param reason one sentence for people
public record Diagnosis(
    ServiceId service,
    DiagnosisKind kind,
    Severity severity,
    double confidence,
    List<Symptom> evidence,
    Optional<ServiceId> causedBy,
    List<Change> changes,
    String reason) {
  public Diagnosis {
    changes = List.copyOf(changes);
    evidence = List.copyOf(evidence);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
    }
  }
}
