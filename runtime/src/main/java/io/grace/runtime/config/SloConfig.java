package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import io.grace.core.model.SloId;
import io.grace.core.model.SloReading.Alarm;
import io.grace.core.model.SourceId;
import java.time.Duration;
import java.util.List;

/// A service level objective: the share of good events that is wanted. *Immutable.*
///
/// @param objective in (0, 1)
/// @param window over which the error budget is counted
/// @param errors how many bad events there are, a query with `$window`
/// @param total how many events there are, a query with `$window`
/// @param rules the most urgent first
public record SloConfig(
    SloId id,
    ServiceId service,
    SourceId store,
    double objective,
    Duration window,
    String errors,
    String total,
    Duration interval,
    List<Rule> rules) {
  public static final String WINDOW = "$window";

  /// Alarm if the budget burns so fast in both windows: the long one says that it matters, the
  /// short one that it goes on.
  public record Rule(double burn, Duration longWindow, Duration shortWindow, Alarm alarm) {
    public Rule {
      if (!(burn > 0)) {
        throw new IllegalArgumentException("burn must be more than 0: " + burn);
      }
      if (shortWindow.compareTo(longWindow) >= 0) {
        throw new IllegalArgumentException("short must be shorter than long");
      }
    }
  }

  /// Beyer et al., *The Site Reliability Workbook*, 2018, ch. 5, table 5-8, for thirty days.
  public static final List<Rule> WORKBOOK =
      List.of(
          new Rule(14.4, Duration.ofHours(1), Duration.ofMinutes(5), Alarm.PAGE),
          new Rule(6, Duration.ofHours(6), Duration.ofMinutes(30), Alarm.PAGE),
          new Rule(3, Duration.ofDays(1), Duration.ofHours(2), Alarm.TICKET),
          new Rule(1, Duration.ofDays(3), Duration.ofHours(6), Alarm.TICKET));

  public SloConfig {
    rules = List.copyOf(rules);
    if (!(objective > 0 && objective < 1)) {
      throw new IllegalArgumentException("objective must be in (0, 1): " + objective);
    }
    Timing.require(interval, interval);
    if (window.compareTo(interval) < 0 || window.compareTo(Duration.ofDays(90)) > 0) {
      throw new IllegalArgumentException(
          "window must be at least the interval and at most 90d: " + Shown.duration(window));
    }
    for (String query : List.of(errors, total)) {
      if (!query.contains(WINDOW)) {
        throw new IllegalArgumentException(
            "errors and total must ask with [$window]: " + Shown.text(query));
      }
    }
  }
}
