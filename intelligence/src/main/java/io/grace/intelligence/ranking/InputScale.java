package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;

/// The prior of a linear model of inputs in whatever units: what all inputs together explain is
/// expected to be as much as the noise, and each input of those as much as any other (empirical
/// Bayes: Morris, *Parametric Empirical Bayes Inference*, JASA 78, 1983). *Owned by its caller.*
///
/// Inputs that were 0 and 1 only are taken to be of one kind and share their variance, so a rare
/// category has no larger coefficient than a common one.
final class InputScale {
  private final int size;
  private final double[] mean;
  private final double[] spread;
  private final double[] isNumber;
  private double rows;

  /// @param size with the constant input, which is the first
  InputScale(int size) {
    this.size = size;
    this.mean = new double[size];
    this.spread = new double[size];
    this.isNumber = new double[size];
  }

  double rows() {
    return rows;
  }

  void add(double[] x) {
    rows++;
    for (int i = 1; i < size; i++) {
      double off = x[i] - mean[i];
      mean[i] += off / rows;
      spread[i] += off * (x[i] - mean[i]);
      if (x[i] != 0 && x[i] != 1) {
        isNumber[i] = 1;
      }
    }
  }

  /// The precision of the coefficients in units of the noise, size × size: of the constant at the
  /// mean input 1, of the others such that Σ var·(1 / precision) = 1.
  double[] precision() {
    double binary = 0;
    int binaries = 0;
    int varying = 0;
    for (int i = 1; i < size; i++) {
      if (spread[i] > 0) {
        varying++;
        if (isNumber[i] == 0) {
          binary += spread[i] / rows;
          binaries++;
        }
      }
    }
    double shared = binaries == 0 ? 1 : binary / binaries;
    var precision = new double[size * size];
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < size; k++) {
        precision[i * size + k] = (i == 0 ? 1 : mean[i]) * (k == 0 ? 1 : mean[k]);
      }
      if (i > 0) {
        // An input that never varied says nothing yet; it is held as one that did.
        double variance = spread[i] > 0 && isNumber[i] != 0 ? spread[i] / rows : shared;
        precision[i * size + i] += Math.max(1, varying) * variance;
      }
    }
    return precision;
  }

  void write(Packing to) {
    to.doubles(mean);
    to.doubles(spread);
    to.doubles(isNumber);
    to.number(rows);
  }

  void read(Unpacking from) {
    LinearPosterior.fill(mean, from.doubles());
    LinearPosterior.fill(spread, from.doubles());
    LinearPosterior.fill(isNumber, from.doubles());
    rows = LinearPosterior.finite(from.number());
  }
}
