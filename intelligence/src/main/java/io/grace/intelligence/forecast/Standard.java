package io.grace.intelligence.forecast;

/// Values with mean 0 and variance 1, perhaps of their logarithms, and the way back. *Owned by one
/// fit.*
///
/// @param deviation 0 if all values are the same
record Standard(
    double[] in, double mean, double deviation, boolean isLog, double low, double high) {
  /// @param isLog only if all are positive
  static Standard of(double[] values, boolean isLog) {
    double[] in = values.clone();
    double mean = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int t = 0; t < in.length; t++) {
      in[t] = isLog ? Math.log(in[t]) : in[t];
      mean += in[t] / in.length;
      low = Math.min(low, in[t]);
      high = Math.max(high, in[t]);
    }
    double square = 0;
    for (double value : in) {
      square += (value - mean) * (value - mean) / in.length;
    }
    // All the same but for what a double cannot hold.
    double deviation = high - low <= 1e-12 * Math.abs(mean) ? 0 : Math.sqrt(square);
    for (int t = 0; t < in.length; t++) {
      in[t] = deviation == 0 ? 0 : (in[t] - mean) / deviation;
    }
    return new Standard(in, mean, deviation, isLog, low, high);
  }

  /// @param room how many deviations beyond the range of the values a path may go
  double[] out(double[] path, double room) {
    double[] out = new double[path.length];
    for (int h = 0; h < path.length; h++) {
      double value =
          Math.clamp(mean + deviation * path[h], low - room * deviation, high + room * deviation);
      out[h] = isLog ? Math.exp(value) : value;
    }
    return out;
  }
}
