package io.grace.intelligence.latent;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// The few directions along which the rows of a sparse matrix differ most: its right singular
/// vectors. *Immutable.*
///
/// Latent semantic indexing: Deerwester, Dumais, Furnas, Landauer, Harshman, *Indexing by Latent
/// Semantic Analysis*, JASIS 41(6), 1990. The truncated decomposition is the randomized one with
/// subspace iteration of Halko, Martinsson, Tropp, *Finding Structure with Randomness*, SIAM Review
/// 53(2), 2011, algorithms 4.4 and 5.1; GRACE takes the small decomposition from the Gram matrix,
/// since directions with a millionth of the largest singular value are dropped anyway. Where there
/// are no more than [#EXACT] rows, it is exact.
public final class LatentSpace {
  /// More directions than wanted while iterating, as section 4.2 advises (5 or 10).
  private static final int OVERSAMPLING = 10;

  /// Text has a slowly falling spectrum; figure 4.5 shows two rounds to be enough for such.
  private static final int ROUNDS = 3;

  /// Up to here every direction is followed: with few rows the last ones that are kept differ
  /// little from the first that are not, and an approximation would let the seed choose among them.
  private static final int EXACT = 512;

  private static final double SMALLEST_SHARE = 1e-6;

  private final int columns;
  private final float[] singular;

  /// By column, then direction.
  private final float[] directions;

  private LatentSpace(int columns, float[] singular, float[] directions) {
    this.columns = columns;
    this.singular = singular;
    this.directions = directions;
  }

  /// Learns from rows. The same rows in the same order and the same seed give the same space.
  ///
  /// @param columns of the matrix, all that rows name are below
  /// @param wanted how many directions at most; there are fewer if the rows do not differ in more
  public static LatentSpace fit(List<SparseRow> rows, int columns, int wanted, long seed) {
    if (wanted < 1 || columns < 1) {
      throw new IllegalArgumentException("directions and columns must be positive: " + wanted);
    }
    int size = Math.min(rows.size(), columns);
    if (size > EXACT) {
      size = Math.min(size, wanted + OVERSAMPLING);
    }
    double[] basis = new double[rows.size() * size];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < basis.length; i++) {
      basis[i] = random.nextGaussian();
    }
    Basis.orthonormal(basis, size);
    double[] right = new double[columns * size];
    for (int round = 0; round < ROUNDS; round++) {
      transposed(rows, basis, right, size);
      times(rows, right, basis, size);
      Basis.orthonormal(basis, size);
    }
    transposed(rows, basis, right, size);
    return rotated(Basis.apart(right, size), columns, wanted);
  }

  /// As saved.
  ///
  /// @param directions by column, then direction
  public static LatentSpace of(int columns, float[] singular, float[] directions) {
    if (directions.length != columns * singular.length) {
      throw new IllegalArgumentException("a number for each column and direction is wanted");
    }
    return new LatentSpace(columns, singular.clone(), directions.clone());
  }

  public int columns() {
    return columns;
  }

  public int dimensions() {
    return singular.length;
  }

  /// Singular values, falling.
  public float[] singular() {
    return singular.clone();
  }

  public float[] directions() {
    return directions.clone();
  }

  /// Where a row lies, with length one; all zero if nothing of it was seen when the space was
  /// learned.
  ///
  /// @param whitening 0 keeps the weight that directions have in the rows, 1 makes all equal
  public float[] place(SparseRow row, double whitening) {
    double[] sum = new double[singular.length];
    for (int i = 0; i < row.columns().length; i++) {
      int at = row.columns()[i] * singular.length;
      for (int d = 0; d < sum.length; d++) {
        sum[d] += row.values()[i] * directions[at + d];
      }
    }
    double squares = 0;
    for (int d = 0; d < sum.length; d++) {
      sum[d] *= Math.pow(singular[d] / singular[0], -whitening);
      squares += sum[d] * sum[d];
    }
    float[] place = new float[sum.length];
    double length = Math.sqrt(squares);
    for (int d = 0; d < sum.length && length > 1e-9; d++) {
      place[d] = (float) (sum[d] / length);
    }
    return place;
  }

  /// `out = Aᵀ in`. The vectors lie side by side, so that one pass over the rows serves all of
  /// them.
  private static void transposed(List<SparseRow> rows, double[] in, double[] out, int size) {
    Arrays.fill(out, 0);
    for (int r = 0; r < rows.size(); r++) {
      SparseRow row = rows.get(r);
      for (int i = 0; i < row.columns().length; i++) {
        add(out, row.columns()[i] * size, in, r * size, row.values()[i], size);
      }
    }
  }

  /// `out = A in`.
  private static void times(List<SparseRow> rows, double[] in, double[] out, int size) {
    Arrays.fill(out, 0);
    for (int r = 0; r < rows.size(); r++) {
      SparseRow row = rows.get(r);
      for (int i = 0; i < row.columns().length; i++) {
        add(out, r * size, in, row.columns()[i] * size, row.values()[i], size);
      }
    }
  }

  private static void add(double[] to, int at, double[] from, int start, double times, int size) {
    for (int v = 0; v < size; v++) {
      to[at + v] += times * from[start + v];
    }
  }

  /// Turns the projected rows so that their directions are the singular ones, largest first.
  private static LatentSpace rotated(double[][] projected, int columns, int wanted) {
    int size = projected.length;
    var gram = new DMatrixRMaj(Math.max(size, 1), Math.max(size, 1));
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double dot = Basis.dot(projected[i], projected[j]);
        gram.set(i, j, dot);
        gram.set(j, i, dot);
      }
    }
    var eigen = DecompositionFactory_DDRM.eig(gram.numRows, true, true);
    if (!eigen.decompose(gram)) {
      throw new IllegalArgumentException("the rows are not finite numbers");
    }
    List<Integer> order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -eigen.getEigenvalue(i).getReal()))
            .toList();
    double largest =
        size == 0 ? 0 : Math.sqrt(Math.max(0, eigen.getEigenvalue(order.getFirst()).getReal()));
    List<Integer> kept =
        order.stream()
            .limit(wanted)
            .filter(i -> eigen.getEigenvalue(i).getReal() > square(largest * SMALLEST_SHARE))
            .toList();
    float[] singular = new float[kept.size()];
    float[] directions = new float[columns * kept.size()];
    for (int d = 0; d < kept.size(); d++) {
      double sigma = Math.sqrt(eigen.getEigenvalue(kept.get(d)).getReal());
      singular[d] = (float) sigma;
      DMatrixRMaj turn = eigen.getEigenVector(kept.get(d));
      double[] turned = new double[columns];
      for (int i = 0; i < size; i++) {
        double share = turn.get(i, 0) / sigma;
        for (int c = 0; c < columns; c++) {
          turned[c] += share * projected[i][c];
        }
      }
      for (int c = 0; c < columns; c++) {
        directions[c * kept.size() + d] = (float) turned[c];
      }
    }
    return new LatentSpace(columns, singular, directions);
  }

  private static double square(double x) {
    return x * x;
  }
}
