package io.grace.core.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How success is judged: wait until the service has settled, then look at fresh samples only.
/// *Immutable.*
///
/// Success and failure are claims apart. Passed when every check holds in the last `samples`
/// samples. Failed when the failure holds in the last `failures`. Neither within `timeout`, or no
/// data: inconclusive, and a person is asked. That a metric cannot be had is never a failure.
///
/// @param checks what must hold
/// @param failure what condemns; empty means that a check does not hold
/// @param stabilisation samples earlier than this after the step do not count
/// @param interval the least time between two samples that count; zero takes every one
/// @param samples consecutive good samples needed, 1–60
/// @param failures consecutive bad samples that condemn, 1–60
/// @param errors intervals without a sample after which nobody waits any longer, 1–60; 0 means to
///   wait until `timeout`
public record Verification(
    List<Condition> checks,
    Optional<Condition> failure,
    Duration stabilisation,
    Duration interval,
    int samples,
    int failures,
    int errors,
    Duration timeout) {
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
    if (errors < 0 || errors > MOST_SAMPLES || (errors > 0 && interval.isZero())) {
      throw new IllegalArgumentException(
          "errors must be 0–" + MOST_SAMPLES + ", and needs an interval: " + errors);
    }
    if (interval.isNegative()) {
      throw new IllegalArgumentException("interval must not be negative: " + interval);
    }
    if (stabilisation.isNegative() || timeout.compareTo(stabilisation) <= 0) {
      throw new IllegalArgumentException(
          "timeout must be longer than stabilisation: " + timeout + ", " + stabilisation);
    }
    Duration least = stabilisation.plus(interval.multipliedBy(samples - 1L));
    if (timeout.compareTo(least) < 0) {
      throw new IllegalArgumentException(
          "timeout must be at least "
              + least
              + ", the stabilisation and "
              + samples
              + " samples "
              + interval
              + " apart: "
              + timeout);
    }
  }

  /// Every sample counts, and a check that does not hold is the failure.
  public Verification(
      List<Condition> checks, Duration stabilisation, int samples, int failures, Duration timeout) {
    this(checks, Optional.empty(), stabilisation, Duration.ZERO, samples, failures, 0, timeout);
  }

  public Verification with(Condition.Scope names) {
    return new Verification(
        checks.stream().map(c -> c.with(names)).toList(),
        failure.map(f -> f.with(names)),
        stabilisation,
        interval,
        samples,
        failures,
        errors,
        timeout);
  }

  /// The same with more claims that must hold.
  public Verification and(List<? extends Condition> more) {
    var all = new ArrayList<Condition>(checks);
    all.addAll(more);
    return new Verification(
        all, failure, stabilisation, interval, samples, failures, errors, timeout);
  }

  public Condition success() {
    return new Condition.All(checks);
  }

  /// What condemns, said or implied.
  public Condition condemned() {
    return failure.orElse(new Condition.Not(success()));
  }

  /// Every metric that it looks at, once.
  public List<Term.Measured> measured() {
    var found = new ArrayList<Term.Measured>();
    checks.forEach(c -> c.measured(found::add));
    failure.ifPresent(f -> f.measured(found::add));
    return found.stream().distinct().toList();
  }
}
