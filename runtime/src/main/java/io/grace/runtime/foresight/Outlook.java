package io.grace.runtime.foresight;

import io.grace.core.model.Metric;
import io.grace.core.model.Metric.Direction;

/// What a metric will be in a quarter of an hour. *Immutable.*
///
/// @param deviation the standard deviation of the error of such forecasts, in the metric's unit
record Outlook(double expected, double deviation) {
  private static final double SURE = 2;

  /// What it will be at the very least, in the direction that is worse: two deviations short of
  /// what is expected.
  double atLeast(Metric metric) {
    return metric.direction() == Direction.HIGHER_IS_WORSE
        ? expected - SURE * deviation
        : expected + SURE * deviation;
  }
}
