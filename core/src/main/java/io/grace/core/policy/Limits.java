package io.grace.core.policy;

import java.time.Duration;

/// How much GRACE may do, and how long anything may take. *Immutable.*
///
/// @param proposalsPerHour for one service
/// @param backoffBase wait after the first failed run of a (service, diagnosis, playbook); doubles
/// @param backoffMax the longest wait before jitter
/// @param backoffJitter added share of the wait, in [0, 1)
/// @param blastRadius most services that all open runs together may touch or hurt
/// @param blastRadiusPercent the same in percent of the known services, in (0, 100]
/// @param broken with more services sick at their root GRACE calls a person and touches nothing
/// @param brokenPercent the same in percent of the known services, once more than one is sick
/// @param attempts runs for one (service, diagnosis) within `attemptWindow`, whether they succeeded
///   or not; then a person is called
/// @param attemptWindow how long an attempt counts
/// @param staleAfter telemetry older than this is as good as none
/// @param runTimeout from approval to outcome, 1–60 minutes; a playbook may be stricter
/// @param approvalTimeout an unanswered request for approval is a denial
/// @param reopenWithin a resolved incident that recurs within is the same incident
public record Limits(
    int proposalsPerHour,
    Duration backoffBase,
    Duration backoffMax,
    double backoffJitter,
    int blastRadius,
    double blastRadiusPercent,
    int broken,
    double brokenPercent,
    int attempts,
    Duration attemptWindow,
    Duration staleAfter,
    Duration runTimeout,
    Duration approvalTimeout,
    Duration reopenWithin) {
  /// `SELF_HEAL_RUN_TIMEOUT_MIN` is 1–60; tests and the demo live within seconds of the lower end.
  private static final Duration LONGEST_RUN = Duration.ofMinutes(60);

  public static final Limits DEFAULTS =
      new Limits(
          3,
          Duration.ofMinutes(5),
          Duration.ofMinutes(120),
          0.2,
          5,
          50,
          10,
          50,
          3,
          Duration.ofHours(24),
          Duration.ofSeconds(60),
          Duration.ofMinutes(10),
          Duration.ofMinutes(30),
          Duration.ofMinutes(10));

  public Limits {
    atLeastOne("proposals_per_hour", proposalsPerHour);
    atLeastOne("blast_radius", blastRadius);
    atLeastOne("broken", broken);
    atLeastOne("attempts", attempts);
    positive("backoff_base", backoffBase);
    positive("attempt_window", attemptWindow);
    positive("stale_after", staleAfter);
    positive("run_timeout", runTimeout);
    positive("approval_timeout", approvalTimeout);
    if (backoffMax.compareTo(backoffBase) < 0) {
      throw new IllegalArgumentException("backoff_max must be at least backoff_base");
    }
    if (!(backoffJitter >= 0 && backoffJitter < 1)) {
      throw new IllegalArgumentException("backoff_jitter must be in [0, 1): " + backoffJitter);
    }
    if (!(blastRadiusPercent > 0 && blastRadiusPercent <= 100)) {
      throw new IllegalArgumentException(
          "blast_radius_percent must be in (0, 100]: " + blastRadiusPercent);
    }
    if (!(brokenPercent > 0 && brokenPercent <= 100)) {
      throw new IllegalArgumentException("broken_percent must be in (0, 100]: " + brokenPercent);
    }
    if (runTimeout.compareTo(LONGEST_RUN) > 0) {
      throw new IllegalArgumentException("run_timeout must be at most 60 minutes: " + runTimeout);
    }
    if (reopenWithin.isNegative()) {
      throw new IllegalArgumentException("reopen_within must not be negative: " + reopenWithin);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1: " + value);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }
}
