package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.Arrays;

/// What one member of a hierarchy adds to the log odds of success, linear in the inputs, as a
/// normal belief that fades towards its prior: an Ornstein–Uhlenbeck process, the stationary form
/// of a random walk of coefficients (West & Harrison, *Bayesian Forecasting and Dynamic Models*,
/// 2nd ed., 1997, § 2.3 and § 6.3, discounting). *Owned by its caller.*
///
/// The prior mean is 0, which is what the member above says.
final class Effect {
  private final double[] prior;
  private final double halfLife;

  // The belief at `since`; owned by whoever owns this.
  private final double[] mean;
  private final double[] covariance;
  private double since;
  private final double[] gain;

  /// @param prior variance of each coefficient
  /// @param halfLife seconds until half of what was learnt is forgotten
  Effect(double[] prior, double halfLife, double now) {
    this.prior = prior;
    this.halfLife = halfLife;
    this.mean = new double[prior.length];
    this.covariance = new double[prior.length * prior.length];
    this.gain = new double[prior.length];
    this.since = now;
    reset();
  }

  /// Forgets everything.
  void reset() {
    int n = prior.length;
    Arrays.fill(mean, 0);
    Arrays.fill(covariance, 0);
    for (int i = 0; i < n; i++) {
      covariance[i * n + i] = prior[i];
    }
  }

  /// Lets time pass; a moment before the newest changes nothing.
  void fade(double now) {
    if (now <= since) {
      return;
    }
    int n = prior.length;
    double kept = Math.exp(-Math.log(2) * (now - since) / halfLife);
    since = now;
    for (int i = 0; i < n; i++) {
      mean[i] *= kept;
      for (int k = 0; k < n; k++) {
        covariance[i * n + k] *= kept * kept;
      }
      covariance[i * n + i] += (1 - kept * kept) * prior[i];
    }
  }

  /// @param x at least as many inputs as there are coefficients; the first ones count
  double mean(double[] x) {
    double sum = 0;
    for (int i = 0; i < prior.length; i++) {
      sum += mean[i] * x[i];
    }
    return sum;
  }

  double variance(double[] x) {
    int n = prior.length;
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double row = 0;
      for (int k = 0; k < n; k++) {
        row += covariance[i * n + k] * x[k];
      }
      sum += row * x[i];
    }
    return Math.max(0, sum);
  }

  /// Takes its part of what was learnt about a sum of which it is one term.
  ///
  /// @param moved how far the mean of the sum moved, over the variance it had
  /// @param shrunk by how much that variance fell, over its square
  void learn(double[] x, double moved, double shrunk) {
    int n = prior.length;
    for (int i = 0; i < n; i++) {
      gain[i] = 0;
      for (int k = 0; k < n; k++) {
        gain[i] += covariance[i * n + k] * x[k];
      }
    }
    for (int i = 0; i < n; i++) {
      mean[i] += gain[i] * moved;
      for (int k = 0; k < n; k++) {
        covariance[i * n + k] -= gain[i] * gain[k] * shrunk;
      }
    }
  }

  void write(Packing to) {
    to.number(since);
    to.doubles(mean);
    to.doubles(covariance);
  }

  void read(Unpacking from) {
    since = LinearPosterior.finite(from.number());
    LinearPosterior.fill(mean, from.doubles());
    LinearPosterior.fill(covariance, from.doubles());
  }
}
