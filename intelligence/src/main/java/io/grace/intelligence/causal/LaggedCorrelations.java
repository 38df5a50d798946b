package io.grace.intelligence.causal;

import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.hipparchus.special.Erf;

/// How all columns of a table, each a series some steps back, go together. *Immutable.*
final class LaggedCorrelations {
  /// Below it, a column is all but a sum of others, and nothing is left to be correlated.
  private static final double SINGULAR = 1e-10;

  private final int lags;
  private final int rows;
  private final DMatrixRMaj correlations;

  LaggedCorrelations(SeriesTable table, int lags) {
    this.lags = lags;
    rows = table.steps() - lags;
    int columns = table.size() * (lags + 1);
    var transposed = new DMatrixRMaj(columns, rows);
    for (int one = 0; one < table.size(); one++) {
      for (int lag = 0; lag <= lags; lag++) {
        double[] column = table.column(one, lags, lag);
        System.arraycopy(column, 0, transposed.data, column(one, lag) * rows, rows);
      }
    }
    correlations = new DMatrixRMaj(columns, columns);
    CommonOps_DDRM.multOuter(transposed, correlations);
  }

  int rows() {
    return rows;
  }

  /// The number of the column of a series some steps back.
  int column(int one, int lag) {
    return one * (lags + 1) + lag;
  }

  /// The inverse of the correlations of some columns; empty if one is a sum of others or constant.
  Optional<DMatrixRMaj> precision(int[] columns) {
    int n = columns.length;
    var part = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        part.set(i, j, correlations.get(columns[i], columns[j]));
      }
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(n);
    var inverse = new DMatrixRMaj(n, n);
    if (!solver.setA(part)) {
      return Optional.empty();
    }
    solver.invert(inverse);
    for (int i = 0; i < n; i++) {
      double left = 1 / inverse.get(i, i);
      if (!(left > SINGULAR)) {
        return Optional.empty();
      }
    }
    return Optional.of(inverse);
  }

  /// Of the first two columns given the others; 0 where nothing of them is left to be correlated.
  double partial(int[] columns) {
    return precision(columns).map(p -> partial(p, 0, 1)).orElse(0.0);
  }

  static double partial(DMatrixRMaj precision, int i, int j) {
    double r = -precision.get(i, j) / Math.sqrt(precision.get(i, i) * precision.get(j, j));
    return Math.max(-1, Math.min(1, r));
  }

  /// How likely chance alone would show such a partial correlation (Fisher, *The distribution of
  /// the partial correlation coefficient*, Metron 3, 1924).
  ///
  /// @param given how many columns it is given
  double p(double partial, int given) {
    double freedom = rows - given - 3.0;
    if (freedom <= 0) {
      return 1;
    }
    double z = 0.5 * (Math.log1p(partial) - Math.log1p(-partial)) * Math.sqrt(freedom);
    return Erf.erfc(Math.abs(z) / Math.sqrt(2));
  }
}
