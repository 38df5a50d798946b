package io.grace.core.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A reason to look closer: a pattern, a forecast or a combination that no single threshold shows.
/// *Immutable.*
///
/// @param source who found it, such as `meta`, `log` or `forecast latency_ms`
/// @param service empty for what concerns the whole
/// @param confidence in [0, 1]
/// @param evidence one sentence with the numbers
/// @param horizon until when what it foretells must have come true; equal to `at` if it tells of
///   what already is
public record Trigger(
    Kind kind,
    String source,
    Optional<ServiceId> service,
    double confidence,
    String evidence,
    Instant at,
    Instant horizon) {
  /// Where triggers come from, with the confidence that they need and how many an hour may bring.
  public enum Family {
    META(0.85, 10),
    ML(0.70, 20),
    SPINE(0.75, 15),
    LOG(0.80, 25);

    private final double minConfidence;
    private final int mostPerHour;

    Family(double minConfidence, int mostPerHour) {
      this.minConfidence = minConfidence;
      this.mostPerHour = mostPerHour;
    }

    public double minConfidence() {
      return minConfidence;
    }

    public int mostPerHour() {
      return mostPerHour;
    }
  }

  /// What was found.
  public enum Kind {
    /// Much is sick at the same time.
    SYSTEMIC_ISSUE(Family.META),
    /// The same diagnosis in many places.
    SYSTEMIC_PATTERN(Family.META),
    ML_ANOMALY_FORECAST(Family.ML),
    ML_CAPACITY_PREDICTION(Family.ML),
    ML_RISK_ASSESSMENT(Family.ML),
    ML_DRIFT_DETECTED(Family.ML),
    /// A metric does what it never or hardly ever did.
    ML_ANOMALY_DETECTED(Family.ML),
    /// Independent sources agree about one service.
    CROSS_DOMAIN_ALERT(Family.SPINE),
    /// A service keeps getting worse.
    HEALTH_DEGRADATION(Family.SPINE),
    /// The journal shows a recurring error or a slowdown.
    PATTERN_DETECTED(Family.LOG),
    /// The journal shows a cascade.
    ANOMALY_SEQUENCE(Family.LOG);

    private final Family family;

    Kind(Family family) {
      this.family = family;
    }

    public Family family() {
      return family;
    }
  }

  /// What came of a trigger.
  public enum Outcome {
    CAME_TRUE,
    DID_NOT,
    /// GRACE or a person acted, and so it cannot be known.
    AVERTED
  }

  /// What two triggers have in common that say the same.
  public record Key(Kind kind, String source, Optional<ServiceId> service) {
    /// What it is known by in the state.
    @Override
    public String toString() {
      return kind + "/" + source + "/" + service.map(ServiceId::value).orElse("");
    }
  }

  public Trigger {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
    }
    if (horizon.isBefore(at)) {
      throw new IllegalArgumentException("a horizon lies ahead: " + Duration.between(at, horizon));
    }
  }

  public Key key() {
    return new Key(kind, source, service);
  }

  public boolean isForecast() {
    return horizon.isAfter(at);
  }
}
