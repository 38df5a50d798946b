package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;

/// Bayesian linear regression with unknown noise: coefficients and noise have a joint
/// normal–inverse-gamma distribution, so what a new input is worth has a Student t distribution
/// (Gelman et al., *Bayesian Data Analysis*, 3rd ed., 2013, § 14.2 and § 14.8; as arms of a bandit:
/// Riquelme, Tucker & Snoek, *Deep Bayesian Bandits Showdown*, ICLR 2018, § 3, full posterior).
/// *Owned by its caller.*
///
/// Kept are the sums Σxxᵀ, Σxy, Σy², from which the factor is made anew whenever the prior changes,
/// and the factor R with RᵀR = P + Σxxᵀ, which each row turns by Givens rotations together with its
/// right side (Golub & Van Loan, *Matrix Computations*, 4th ed., 2013, § 6.5.2). An answer and a
/// row cost O(d²), a new prior O(d³). GRACE differs in that the prior is learnt from all arms
/// together, see [InputScale], and may therefore move.
final class LinearPosterior {
  /// The first weight of the noise in imagined rows: two are the fewest for which a variance is
  /// finite.
  static final double SHAPE = 2;

  private final int size;
  private final double[] gram;
  private final double[] cross;
  private double squares;
  private double rows;

  // The factor under the prior of now, row by row, upper triangle; owned by whoever owns this.
  private final double[] factor;
  private final double[] side;
  private double residual;
  private double centre;
  private final double[] scratch;

  /// @param size how many inputs, the constant one included, which is the first
  LinearPosterior(int size) {
    this.size = size;
    this.gram = new double[size * size];
    this.cross = new double[size];
    this.factor = new double[size * size];
    this.side = new double[size];
    this.scratch = new double[size];
  }

  /// How many rows were taken.
  double rows() {
    return rows;
  }

  /// Believes in another prior, as if it had always done so.
  ///
  /// @param precision of the coefficients in units of the noise, size × size, positive definite
  /// @param mean what is expected of a row without anything else known
  void believe(double[] precision, double mean) {
    centre = mean;
    double[] all = precision.clone();
    for (int i = 0; i < all.length; i++) {
      all[i] += gram[i];
    }
    factorise(all);
    for (int j = 0; j < size; j++) {
      scratch[j] = cross[j] - mean * gram[j];
    }
    double explained = 0;
    for (int j = 0; j < size; j++) {
      side[j] = scratch[j] / factor[j * size + j];
      explained += side[j] * side[j];
      for (int k = j + 1; k < size; k++) {
        scratch[k] -= factor[j * size + k] * side[j];
      }
    }
    double around = squares - 2 * mean * cross[0] + mean * mean * rows;
    residual = Math.max(0, around - explained);
  }

  /// R of RᵀR = matrix, row by row.
  private void factorise(double[] matrix) {
    for (int j = 0; j < size; j++) {
      int row = j * size;
      double pivot = matrix[row + j];
      if (!(pivot > 0)) {
        throw new IllegalArgumentException(
            "precision must be positive definite: pivot " + j + " is " + pivot);
      }
      double root = Math.sqrt(pivot);
      for (int k = j; k < size; k++) {
        factor[row + k] = matrix[row + k] / root;
      }
      for (int i = j + 1; i < size; i++) {
        double scaled = factor[row + i];
        if (scaled != 0) {
          for (int k = i; k < size; k++) {
            matrix[i * size + k] -= scaled * factor[row + k];
          }
        }
      }
    }
  }

  /// Takes a row.
  ///
  /// @param x the first is 1
  void add(double[] x, double y) {
    for (int i = 0; i < size; i++) {
      if (x[i] != 0) {
        for (int k = 0; k < size; k++) {
          gram[i * size + k] += x[i] * x[k];
        }
        cross[i] += x[i] * y;
      }
    }
    squares += y * y;
    rows++;
    rotate(x, y - centre);
  }

  private void rotate(double[] x, double right) {
    System.arraycopy(x, 0, scratch, 0, size);
    double left = right;
    for (int j = 0; j < size; j++) {
      if (scratch[j] != 0) {
        int row = j * size;
        double length = Math.hypot(factor[row + j], scratch[j]);
        double cos = factor[row + j] / length;
        double sin = scratch[j] / length;
        for (int k = j; k < size; k++) {
          double above = factor[row + k];
          factor[row + k] = cos * above + sin * scratch[k];
          scratch[k] = cos * scratch[k] - sin * above;
        }
        double above = side[j];
        side[j] = cos * above + sin * left;
        left = cos * left - sin * above;
      }
    }
    residual += left * left;
  }

  /// What an input is worth.
  ///
  /// @param x the first is 1
  /// @param noise the variance expected of the noise before any row, positive
  Normalised at(double[] x, double noise) {
    System.arraycopy(x, 0, scratch, 0, size);
    double mean = centre;
    double spread = 0;
    for (int j = 0; j < size; j++) {
      double value = scratch[j];
      if (value != 0) {
        int row = j * size;
        double v = value / factor[row + j];
        for (int k = j + 1; k < size; k++) {
          scratch[k] -= factor[row + k] * v;
        }
        mean += v * side[j];
        spread += v * v;
      }
    }
    // The variance of a t distribution of 2·shape degrees: scale · shape / (shape - 1).
    double shape = SHAPE + rows / 2;
    double rate = (SHAPE - 1) * noise + residual / 2;
    return new Normalised(mean, Math.sqrt(spread * rate / (shape - 1)));
  }

  /// A belief about a mean.
  ///
  /// @param deviation its standard deviation
  record Normalised(double mean, double deviation) {}

  void write(Packing to) {
    to.doubles(gram);
    to.doubles(cross);
    to.number(squares);
    to.number(rows);
    to.doubles(factor);
    to.doubles(side);
    to.number(residual);
    to.number(centre);
  }

  void read(Unpacking from) {
    fill(gram, from.doubles());
    fill(cross, from.doubles());
    squares = finite(from.number());
    rows = finite(from.number());
    fill(factor, from.doubles());
    fill(side, from.doubles());
    residual = finite(from.number());
    centre = finite(from.number());
  }

  static void fill(double[] to, double[] found) {
    if (found.length != to.length) {
      throw new IllegalArgumentException("wanted " + to.length + " numbers here: " + found.length);
    }
    for (int i = 0; i < to.length; i++) {
      to[i] = finite(found[i]);
    }
  }

  static double finite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("number must be finite: " + value);
    }
    return value;
  }
}
