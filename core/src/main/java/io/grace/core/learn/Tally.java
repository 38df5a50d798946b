package io.grace.core.learn;

import java.time.Duration;

/// Outcomes counted. *Immutable.*
///
/// @param succeeded verified runs
/// @param failed runs that acted and did not succeed
/// @param totalMillis time from proposal to outcome of all of them
public record Tally(int succeeded, int failed, long totalMillis) {
  public static final Tally NONE = new Tally(0, 0, 0);

  public Tally with(boolean success, Duration took) {
    return new Tally(
        succeeded + (success ? 1 : 0), failed + (success ? 0 : 1), totalMillis + took.toMillis());
  }

  public Tally and(Tally other) {
    return new Tally(
        succeeded + other.succeeded, failed + other.failed, totalMillis + other.totalMillis);
  }

  public int runs() {
    return succeeded + failed;
  }

  public Duration mean() {
    return runs() == 0 ? Duration.ZERO : Duration.ofMillis(totalMillis / runs());
  }
}
