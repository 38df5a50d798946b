package io.grace.intelligence.neural;

/// Sums of products of matrices that lie in arrays, written so that the JIT turns the innermost
/// loops into vector instructions: they run over neighbours and carry nothing from one to the next.
/// The order of additions is fixed, so the same input gives the same bits. *Thread-safe.*
final class Products {
  /// Eight rows of `b` at a time, so that a sum is loaded and stored once for eight products.
  private static final int AT_ONCE = 8;

  /// So many rows of `b` are used for every row of `a` before the next are fetched: 64 rows of 128
  /// floats fill a first-level cache of 32 KB.
  private static final int BLOCK = 64;

  private Products() {}

  /// A matrix inside an array: element (i, j) lies at `at + i * row + j * column`.
  record View(float[] values, int at, int row, int column) {
    static View of(float[] values, int at, int columns) {
      return new View(values, at, columns, 1);
    }

    /// The same numbers, rows for columns.
    View turned() {
      return new View(values, at, column, row);
    }
  }

  /// c += a · b, where b and c lie row after row without gaps.
  static void add(
      View a, float[] b, int bAt, float[] c, int cAt, int rows, int inner, int columns) {
    for (int from = 0; from < inner; from += BLOCK) {
      int to = Math.min(inner, from + BLOCK);
      for (int i = 0; i < rows; i++) {
        addRow(a, i, b, bAt, c, cAt + i * columns, from, to, columns);
      }
    }
  }

  private static void addRow(
      View a, int i, float[] b, int bAt, float[] c, int cAt, int from, int to, int columns) {
    float[] v = a.values;
    int step = a.column;
    int at = a.at + i * a.row + from * step;
    int k = from;
    for (; k + AT_ONCE <= to; k += AT_ONCE) {
      eight(v, at, step, b, bAt + k * columns, c, cAt, columns);
      at += AT_ONCE * step;
    }
    for (; k < to; k++) {
      one(v[at], b, bAt + k * columns, c, cAt, columns);
      at += step;
    }
  }

  private static void eight(
      float[] v, int at, int step, float[] b, int b0, float[] c, int cAt, int n) {
    float v0 = v[at];
    float v1 = v[at + step];
    float v2 = v[at + 2 * step];
    float v3 = v[at + 3 * step];
    float v4 = v[at + 4 * step];
    float v5 = v[at + 5 * step];
    float v6 = v[at + 6 * step];
    float v7 = v[at + 7 * step];
    int b1 = b0 + n;
    int b2 = b1 + n;
    int b3 = b2 + n;
    int b4 = b3 + n;
    int b5 = b4 + n;
    int b6 = b5 + n;
    int b7 = b6 + n;
    for (int j = 0; j < n; j++) {
      c[cAt + j] +=
          ((v0 * b[b0 + j] + v1 * b[b1 + j]) + (v2 * b[b2 + j] + v3 * b[b3 + j]))
              + ((v4 * b[b4 + j] + v5 * b[b5 + j]) + (v6 * b[b6 + j] + v7 * b[b7 + j]));
    }
  }

  private static void one(float v, float[] b, int bAt, float[] c, int cAt, int n) {
    for (int j = 0; j < n; j++) {
      c[cAt + j] += v * b[bAt + j];
    }
  }
}
