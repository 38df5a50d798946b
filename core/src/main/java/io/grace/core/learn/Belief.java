package io.grace.core.learn;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is known of one playbook for one (service, diagnosis): a fold over outcomes. *Immutable.*
///
/// @param all since the beginning
/// @param hours by hour since the epoch, the last seven days only
/// @param streak how many helped since the last one that did not
public record Belief(Tally all, SortedMap<Long, Tally> hours, int streak) {
  public static final Belief NONE = new Belief(Tally.NONE, new TreeMap<>(), 0);

  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;

  /// The weight of the prior, in imagined runs: two observed outcomes count as much.
  private static final double PRIOR_WEIGHT = 2;

  public Belief {
    hours = Collections.unmodifiableSortedMap(new TreeMap<>(hours));
  }

  public Belief with(boolean success, Duration took, Instant at) {
    long hour = hour(at);
    var next = new TreeMap<>(hours.tailMap(hour - WEEK + 1));
    next.merge(hour, Tally.NONE.with(success, took), Tally::and);
    return new Belief(all.with(success, took), next, success ? streak + 1 : 0);
  }

  public Tally lastDay(Instant now) {
    return since(hour(now) - DAY + 1);
  }

  public Tally lastWeek(Instant now) {
    return since(hour(now) - WEEK + 1);
  }

  /// The expected chance of success: the mean of the Beta posterior (Gelman et al., *Bayesian Data
  /// Analysis*, 3rd ed., § 2.4) with a prior worth two runs.
  ///
  /// @param prior in (0, 1)
  public double chance(double prior) {
    return (PRIOR_WEIGHT * prior + all.succeeded()) / (PRIOR_WEIGHT + all.runs());
  }

  private Tally since(long hour) {
    return hours.tailMap(hour).values().stream().reduce(Tally.NONE, Tally::and);
  }

  private static long hour(Instant at) {
    return Math.floorDiv(at.getEpochSecond(), 3600L);
  }
}
