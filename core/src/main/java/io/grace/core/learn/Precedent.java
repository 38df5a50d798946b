package io.grace.core.learn;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.IncidentId;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.List;

/// What an incident that is over showed: who suffered, and who had caused it. *Immutable.*
///
/// @param incident that of the cause
/// @param began when the cause fell sick
/// @param ended when the cause was well again
/// @param suffering the cause and whoever was sick meanwhile, by name, at most [#MOST_SUFFERING]
public record Precedent(
    IncidentId incident,
    ServiceId cause,
    Proof proof,
    Instant began,
    Instant ended,
    List<Suffering> suffering) {
  /// In worse trouble everybody suffers, which tells little of where it came from.
  public static final int MOST_SUFFERING = 32;

  /// How it is known what the cause was.
  public enum Proof {
    /// A run on it was verified.
    HEALED,
    /// Everything else that was wrong was traced to it, and it went away.
    TRACED
  }

  /// @param how it was diagnosed
  public record Suffering(ServiceId service, DiagnosisKind how) {}

  public Precedent {
    suffering = List.copyOf(suffering);
    if (suffering.isEmpty() || suffering.size() > MOST_SUFFERING) {
      throw new IllegalArgumentException(
          "from 1 to %d services suffer: %d".formatted(MOST_SUFFERING, suffering.size()));
    }
  }

  /// Whether both were under way at the same moment.
  public boolean overlaps(Precedent other) {
    return !began.isAfter(other.ended) && !other.began.isAfter(ended);
  }

  public boolean shows(ServiceId service) {
    return suffering.stream().anyMatch(s -> s.service().equals(service));
  }
}
