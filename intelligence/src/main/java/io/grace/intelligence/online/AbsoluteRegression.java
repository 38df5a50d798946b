package io.grace.intelligence.online;

/// A linear regression that minimises the absolute error of late, so that spikes do not rule it and
/// sparse series are met at their median.
///
/// Normal equations with exponential forgetting, each row weighed by 1/max(|e|, δ) with the error
/// it was forecast with: iteratively reweighted least squares (Schlossmacher, *An Iterative
/// Technique for Absolute Deviations Curve Fitting*, JASA 68, 1973) with one pass over a stream in
/// place of many over a sample. A little ridge pulls towards 0. The equations are solved by
/// Cholesky's method on demand, which for so few features costs less than to keep an inverse sound
/// in single precision.
///
/// State is [#size] floats in a caller's array. *Owned by its bank*, whose scratch this holds.
final class AbsoluteRegression {

  /// Share of the newest row: five hundred rows are remembered.
  private static final double NEWEST = 0.002;

  /// δ in mean absolute errors; below, a row counts as in least squares.
  private static final double BEND = 0.3;

  private static final double RIDGE = 0.01;

  private final int count;
  private final double[] factor;
  private final double[] weights;

  /// @param count of the features
  AbsoluteRegression(int count) {
    this.count = count;
    factor = new double[triangle(count)];
    weights = new double[count];
  }

  /// Floats of state for so many features.
  static int size(int count) {
    return triangle(count) + count;
  }

  private static int triangle(int count) {
    return count * (count + 1) / 2;
  }

  /// @param features of the row
  /// @param target what they should have given
  /// @param error by how much the forecast missed it
  /// @param meanError the mean absolute error of late
  /// @param seen rows before this one
  void learn(
      float[] f,
      int at,
      double[] features,
      double target,
      double error,
      double meanError,
      int seen) {
    double bent = Math.max(Math.abs(error), BEND * meanError);
    if (bent <= 0) {
      return;
    }
    double newest = Math.max(NEWEST, 1.0 / (seen + 2));
    double weight = newest / bent;
    int k = at;
    for (int i = 0; i < count; i++) {
      for (int j = 0; j <= i; j++, k++) {
        f[k] = (float) ((1 - newest) * f[k] + weight * features[i] * features[j]);
      }
    }
    for (int i = 0; i < count; i++, k++) {
      f[k] = (float) ((1 - newest) * f[k] + weight * features[i] * target);
    }
  }

  double forecast(float[] f, int at, double[] features) {
    // Forward while factoring: weights hold L⁻¹b, then (LLᵀ)⁻¹b. A feature that never moved has no
    // pivot and gets no weight.
    for (int i = 0; i < count; i++) {
      int row = i * (i + 1) / 2;
      double right = f[at + triangle(count) + i];
      for (int j = 0; j <= i; j++) {
        int column = j * (j + 1) / 2;
        double sum = f[at + row + j];
        for (int k = 0; k < j; k++) {
          sum -= factor[row + k] * factor[column + k];
        }
        if (j < i) {
          factor[row + j] = factor[column + j] > 0 ? sum / factor[column + j] : 0;
          right -= factor[row + j] * weights[j];
        } else {
          double pivot = sum + RIDGE * f[at + row + i];
          factor[row + i] = pivot > 0 ? Math.sqrt(pivot) : 0;
        }
      }
      weights[i] = factor[row + i] > 0 ? right / factor[row + i] : 0;
    }
    double answer = 0;
    for (int i = count - 1; i >= 0; i--) {
      double sum = weights[i];
      for (int k = i + 1; k < count; k++) {
        sum -= factor[k * (k + 1) / 2 + i] * weights[k];
      }
      double pivot = factor[i * (i + 1) / 2 + i];
      weights[i] = pivot > 0 ? sum / pivot : 0;
      answer += weights[i] * features[i];
    }
    return answer;
  }
}
