package io.grace.intelligence.causal;

/// That one series moves another some steps later. *Immutable.*
///
/// @param from number of the series that moves first
/// @param to number of the other; may be the same series
/// @param lag in steps, at least 1
/// @param strength of the dependence, in [-1, 1] for partial correlations, else in [0, 1]
/// @param p how likely chance alone would show as much, in [0, 1]; smaller is stronger evidence
public record LaggedEdge(int from, int to, int lag, double strength, double p) {
  public LaggedEdge {
    if (from < 0 || to < 0 || lag < 1) {
      throw new IllegalArgumentException(
          "wanted series from 0 and a lag from 1: %d, %d, %d".formatted(from, to, lag));
    }
  }
}
