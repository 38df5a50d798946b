package io.grace.intelligence.online;

/// What a bank keeps of each series. *Immutable.*
///
/// - [#lean] for millions: experts that need no memory of the past beyond a few values.
/// - [#rich] for those that matter: also what each time of day was like, and what entered a moving
///   window and will leave it.
///
/// @param pending forecasts that wait for their actual value at a time, in [1, 16]; they are spread
///   evenly over the lead, and experts are judged by them
/// @param cells parts of a period whose level is remembered, 0 for none
/// @param cellSeconds the length of a part
/// @param memory steps whose changes are remembered, 0 for none; moving windows up to this length
///   are found
public record Form(Lead lead, int pending, int cells, int cellSeconds, int memory) {
  private static final int MOST_PENDING = 16;

  /// A week of five minutes.
  private static final int MOST_CELLS = 2_016;

  public Form {
    if (pending < 1 || pending > MOST_PENDING) {
      throw new IllegalArgumentException(
          "pending must be in [1, " + MOST_PENDING + "]: " + pending);
    }
    if (cells < 0 || cells > MOST_CELLS || memory < 0 || memory > MOST_CELLS) {
      throw new IllegalArgumentException(
          "cells and memory must be in [0, " + MOST_CELLS + "]: " + cells + ", " + memory);
    }
    if (cellSeconds < 1) {
      throw new IllegalArgumentException("cellSeconds must be at least 1: " + cellSeconds);
    }
  }

  public static Form lean(Lead lead) {
    return new Form(lead, 2, 0, 1, 0);
  }

  /// With a day in parts of five minutes.
  public static Form rich(Lead lead) {
    return new Form(lead, 6, 288, 300, 288);
  }
}
