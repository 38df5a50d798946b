package io.grace.core.model;

import java.util.List;

/// How a service is, as far as is known. *Immutable.*
///
/// @param confidence in [0, 1]
/// @param symptoms the strongest first, at most five
public record Health(Status status, double confidence, List<Symptom> symptoms) {
  public enum Status {
    HEALTHY,
    DEGRADED,
    CRITICAL,
    /// No data or stale data; GRACE does not act on it.
    UNKNOWN
  }

  public static final Health UNKNOWN = new Health(Status.UNKNOWN, 0, List.of());

  public Health {
    symptoms = List.copyOf(symptoms);
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
    }
  }

  public boolean isSick() {
    return status == Status.DEGRADED || status == Status.CRITICAL;
  }

  /// Whether something is wrong now, and not only foreseen.
  public boolean isSickNow() {
    return isSick() && !symptoms.stream().allMatch(Symptom::isForeseen);
  }
}
