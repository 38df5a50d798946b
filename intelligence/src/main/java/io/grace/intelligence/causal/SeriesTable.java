package io.grace.intelligence.causal;

import java.util.Arrays;

/// Some series that were measured at the same, evenly spaced times, and their past as columns.
/// *Immutable.*
public final class SeriesTable {
  public static final int MOST_SERIES = 256;
  public static final int MOST_STEPS = 1 << 20;
  public static final int MOST_LAG = 64;

  /// Series times lags: correlations grow with the square, to 8 MB.
  public static final int MOST_COLUMNS = 1_024;

  /// Of the table with a column for each lag: 128 MB.
  public static final int MOST_CELLS = 1 << 24;

  private final double[][] series;

  /// @param series one array each, the oldest value first; finite and equally long
  public SeriesTable(double[][] series) {
    if (series.length < 1 || series.length > MOST_SERIES) {
      throw new IllegalArgumentException(
          "wanted 1 to %d series: %d".formatted(MOST_SERIES, series.length));
    }
    this.series = new double[series.length][];
    for (int i = 0; i < series.length; i++) {
      if (series[i].length != series[0].length || series[i].length > MOST_STEPS) {
        throw new IllegalArgumentException(
            "series must be equally long, at most %d: %d and %d"
                .formatted(MOST_STEPS, series[0].length, series[i].length));
      }
      if (!Arrays.stream(series[i]).allMatch(Double::isFinite)) {
        throw new IllegalArgumentException("series " + i + " holds what is no finite number");
      }
      this.series[i] = series[i].clone();
    }
  }

  public int size() {
    return series.length;
  }

  public int steps() {
    return series[0].length;
  }

  /// Refuses what would cost too much or say nothing.
  ///
  /// @param lags how far back columns reach
  void check(int lags, int leastRows) {
    long columns = (lags + 1L) * size();
    if (lags < 1 || lags > MOST_LAG || columns > MOST_COLUMNS || columns * steps() > MOST_CELLS) {
      throw new IllegalArgumentException(
          "wanted 1 to %d lags, at most %d columns and %d cells: %d lags of %d series, %d steps"
              .formatted(MOST_LAG, MOST_COLUMNS, MOST_CELLS, lags, size(), steps()));
    }
    if (steps() - lags < leastRows) {
      throw new IllegalArgumentException(
          "wanted at least %d steps: %d".formatted(leastRows + lags, steps()));
    }
  }

  /// A series some steps back, centred and with length 1; all 0 if it never moves.
  ///
  /// @param lags how many steps have no row because they lack a past
  /// @return one value a row
  double[] column(int one, int lags, int lag) {
    int rows = steps() - lags;
    double[] column = Arrays.copyOfRange(series[one], lags - lag, lags - lag + rows);
    double mean = Arrays.stream(column).average().orElse(0);
    double squares = 0;
    double size = 0;
    for (int i = 0; i < rows; i++) {
      size = Math.max(size, Math.abs(column[i]));
      column[i] -= mean;
      squares += column[i] * column[i];
    }
    // What rounding leaves of a constant is no movement.
    double length = Math.sqrt(squares);
    double scale = length > 1e-12 * size * Math.sqrt(rows) ? 1 / length : 0;
    for (int i = 0; i < rows; i++) {
      column[i] *= scale;
    }
    return column;
  }
}
