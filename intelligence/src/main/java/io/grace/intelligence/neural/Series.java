package io.grace.intelligence.neural;

import java.util.Arrays;

/// Values equally far apart, the oldest first, with what is known of each moment besides. Arrays
/// are copied in and not handed out. *Immutable.*
public final class Series {
  private final double[] values;
  private final double[][] covariates;

  private Series(double[] values, double[][] covariates) {
    this.values = values.clone();
    this.covariates = new double[covariates.length][];
    for (int i = 0; i < covariates.length; i++) {
      this.covariates[i] = covariates[i].clone();
    }
  }

  /// @param values finite
  public static Series of(double... values) {
    return with(values);
  }

  /// @param values finite
  /// @param covariates one array for each, finite and about as large as 1, such as the sine of the
  ///   hour: entry i belongs to value i; to forecast they must reach as far beyond the values
  public static Series with(double[] values, double[]... covariates) {
    requireFinite("value", values);
    for (double[] covariate : covariates) {
      requireFinite("covariate", covariate);
      if (covariate.length < values.length) {
        throw new IllegalArgumentException(
            "covariates must reach as far as the values: %d of %d"
                .formatted(covariate.length, values.length));
      }
    }
    return new Series(values, covariates);
  }

  /// The phase of a season as two covariates, its sine and cosine.
  ///
  /// @param first phase of the first entry, in steps
  /// @param period of the season, in steps
  /// @param length how many entries
  public static double[][] phase(int first, int period, int length) {
    var wave = new double[2][length];
    for (int i = 0; i < length; i++) {
      double angle = 2 * Math.PI * ((first + i) % period) / period;
      // StrictMath: training must give the same bits on every machine.
      wave[0][i] = StrictMath.sin(angle);
      wave[1][i] = StrictMath.cos(angle);
    }
    return wave;
  }

  private static void requireFinite(String what, double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "%s %d must be finite: %s".formatted(what, i, values[i]));
      }
    }
  }

  public int length() {
    return values.length;
  }

  double at(int i) {
    return values[i];
  }

  int covariates() {
    return covariates.length;
  }

  double covariate(int which, int i) {
    return covariates[which][i];
  }

  /// How many moments all covariates are known for.
  int known() {
    return Arrays.stream(covariates).mapToInt(c -> c.length).min().orElse(Integer.MAX_VALUE);
  }

  /// The same but for the last values, without a look at them; covariates stay.
  public Series without(int last) {
    return new Series(Arrays.copyOf(values, values.length - last), covariates);
  }

  int fingerprint() {
    return 31 * Arrays.hashCode(values) + Arrays.deepHashCode(covariates);
  }
}
