package io.grace.core.model;

import java.time.Instant;

/// One measurement of one service. *Immutable.*
///
/// @param value in the unit of its metric; finite
/// @param source who measured it, such as `probe` or `scrape`
public record Signal(ServiceId service, MetricId metric, double value, Instant at, String source) {
  public Signal {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a signal must be finite: " + metric + " = " + value);
    }
  }
}
