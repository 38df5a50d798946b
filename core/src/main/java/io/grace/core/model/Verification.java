package io.grace.core.model;

import java.time.Duration;
import java.util.List;

/// How success is judged: wait until the service has settled, then look at fresh samples only.
/// *Immutable.*
///
/// Passed when the last `samples` of every check hold. Failed when the last `failures` of one check
/// all do not. Neither within `timeout`, or no data: inconclusive, and a person is asked.
///
/// @param stabilisation samples earlier than this after the step do not count
/// @param samples consecutive good samples needed, 1–60
/// @param failures consecutive bad samples that condemn, 1–60
public record Verification(
    List<Check> checks, Duration stabilisation, int samples, int failures, Duration timeout) {
  private static final int MOST_SAMPLES = 60;

  public Verification {
    checks = List.copyOf(checks);
    if (checks.isEmpty()) {
      throw new IllegalArgumentException("a verification needs at least one check");
    }
    if (samples < 1 || samples > MOST_SAMPLES || failures < 1 || failures > MOST_SAMPLES) {
      throw new IllegalArgumentException(
          "samples and failures must be 1–" + MOST_SAMPLES + ": " + samples + ", " + failures);
    }
    if (stabilisation.isNegative() || timeout.compareTo(stabilisation) <= 0) {
      throw new IllegalArgumentException(
          "timeout must be longer than stabilisation: " + timeout + ", " + stabilisation);
    }
  }

  public Verification on(ServiceId service) {
    return new Verification(
        checks.stream().map(c -> c.on(service)).toList(),
        stabilisation,
        samples,
        failures,
        timeout);
  }
}
