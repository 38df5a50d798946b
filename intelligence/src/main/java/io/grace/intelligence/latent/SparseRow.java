package io.grace.intelligence.latent;

import java.util.Arrays;

/// The columns of a row that are not zero. *Immutable as long as nobody writes to its arrays, which
/// it does not copy: a matrix has a great many.*
///
/// @param columns ascending
/// @param values as many as columns
public record SparseRow(int[] columns, float[] values) {
  public SparseRow {
    if (columns.length != values.length) {
      throw new IllegalArgumentException(
          "a value for each column is wanted: "
              + columns.length
              + " columns, "
              + values.length
              + " values");
    }
    for (int i = 1; i < columns.length; i++) {
      if (columns[i - 1] >= columns[i]) {
        throw new IllegalArgumentException("columns must ascend: " + Arrays.toString(columns));
      }
    }
  }

  /// The same direction with length one; the row itself if it is zero.
  public SparseRow unit() {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    if (squares == 0) {
      return this;
    }
    float scale = (float) (1 / Math.sqrt(squares));
    float[] scaled = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      scaled[i] = values[i] * scale;
    }
    return new SparseRow(columns, scaled);
  }
}
