package io.grace.intelligence.forecast;

import java.util.Arrays;

/// What is known ahead: holidays, planned events, a price. One row a regressor, whose first value
/// belongs to the first point of the past and which reaches as far as any forecast asks. The caller
/// knows the calendar. *Immutable* as long as nobody writes to its arrays.
///
/// @param rows finite values; 0 where nothing is on
public record Known(double[][] rows) {
  public static final Known NOTHING = new Known(new double[0][]);

  public Known {
    rows = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  int count() {
    return rows.length;
  }

  /// @throws IllegalArgumentException if it ends before that
  void mustReach(int length) {
    for (double[] row : rows) {
      if (row.length < length) {
        throw new IllegalArgumentException(
            "known values must reach past and horizon: " + row.length + " of " + length);
      }
    }
  }

  /// Writes what is known of step t.
  int write(int t, double[] into, int at) {
    for (double[] row : rows) {
      into[at++] = row[t];
    }
    return at;
  }
}
