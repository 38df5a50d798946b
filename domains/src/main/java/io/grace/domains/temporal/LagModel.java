package io.grace.domains.temporal;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import io.grace.intelligence.linear.Ridge;
import java.util.Arrays;

/// The next value as a weighted sum of the last ones, with weights that stay as they were learnt
/// (Box & Jenkins, *Time Series Analysis*, 1970, chapter 3); further steps are run forward on its
/// own answers, and held within what was seen. *Immutable* as long as nobody writes to its arrays.
///
/// @param weights the intercept, then of the newest value and those before it
/// @param learntUntil second of the last value that it learnt from
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record LagModel(double[] weights, double low, double high, long learntUntil) {
  private static final int KIND = 0x4C41474D;
  private static final int VERSION = 1;

  /// Next to the squares of inputs with variance 1, for each row.
  private static final double PENALTY = 1e-4;

  /// Beyond what was seen, in its range, a path has run away.
  private static final double ROOM = 0.5;

  int lags() {
    return weights.length - 1;
  }

  /// @param values more than twice the lags
  static LagModel fit(double[] values, int lags, long learntUntil) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double square = 0;
    for (double v : values) {
      square += (v - mean) * (v - mean) / values.length;
    }
    double scale = square > 0 ? Math.sqrt(square) : 1;
    var ridge = new Ridge(lags + 1, 1);
    double[] x = new double[lags + 1];
    for (int t = lags; t < values.length; t++) {
      x[0] = 1;
      for (int i = 1; i <= lags; i++) {
        x[i] = (values[t - i] - mean) / scale;
      }
      ridge.add(x, (values[t] - mean) / scale, 1);
    }
    double[] penalty = new double[lags + 1];
    Arrays.fill(penalty, PENALTY * Math.max(1, ridge.weight()));
    double[] b = ridge.solve(penalty);
    double[] weights = b.clone();
    double sum = 0;
    for (int i = 1; i <= lags; i++) {
      sum += b[i];
    }
    weights[0] = mean + scale * b[0] - sum * mean;
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double room = ROOM * (high - low);
    return new LagModel(weights, low - room, high + room, learntUntil);
  }

  /// @param known how many of the values are known; at least the lags
  double[] forecast(double[] values, int known, int horizon) {
    double[] all =
        Arrays.copyOf(Arrays.copyOfRange(values, known - lags(), known), lags() + horizon);
    for (int t = lags(); t < all.length; t++) {
      double next = weights[0];
      for (int i = 1; i <= lags(); i++) {
        next += weights[i] * all[t - i];
      }
      all[t] = Math.clamp(next, low, high);
    }
    return Arrays.copyOfRange(all, lags(), all.length);
  }

  void into(Packing out) {
    out.doubles(weights);
    out.number(low);
    out.number(high);
    out.wide(learntUntil);
  }

  static Packing packing() {
    return new Packing(KIND, VERSION);
  }

  static Unpacking unpacking(byte[] bytes) {
    return new Unpacking(bytes, KIND, VERSION);
  }

  static LagModel from(Unpacking in) {
    return new LagModel(in.doubles(), in.number(), in.number(), in.wide());
  }
}
