package io.grace.intelligence.forecast;

/// A way to say what a series will be. *Implementations are immutable* and deterministic, and see
/// nothing but the past they are given.
///
/// A past that is too short for a model is no error, because series begin: the model then says what
/// [Naive] would, and the [Combiner] sees that it is no better.
public interface Forecaster {
  /// Short, for tables.
  String name();

  /// @param past equally far apart, the oldest first; finite, at least one
  /// @param horizon how many steps ahead, at least 1
  /// @return the expected values 1 … horizon steps after the last of the past
  double[] forecast(double[] past, Seasons seasons, int horizon);
}
