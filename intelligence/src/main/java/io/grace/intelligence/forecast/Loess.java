package io.grace.intelligence.forecast;

/// Locally weighted straight lines through points that are equally far apart (Cleveland, *Robust
/// locally weighted regression and smoothing scatterplots*, JASA 74, 1979), with the tricube
/// weight. A smooth line does not change within a small part of its span, so only every tenth of a
/// span is computed and the rest lies on straight lines between (the jump of STL, Cleveland et al.
/// 1990, section 3.7).
final class Loess {
  private static final int STOPS = 10;

  private Loess() {}

  /// @param weights one a value, at least 0, by which the nearness is multiplied
  /// @param span how many of the nearest points a line is laid through, at least 3
  static double[] smooth(double[] values, double[] weights, int span) {
    int n = values.length;
    double[] smooth = new double[n];
    int jump = Math.max(1, span / STOPS);
    int last = 0;
    smooth[0] = at(0, values, weights, span);
    while (last < n - 1) {
      int next = Math.min(n - 1, last + jump);
      smooth[next] = at(next, values, weights, span);
      for (int t = last + 1; t < next; t++) {
        smooth[t] = smooth[last] + (smooth[next] - smooth[last]) * (t - last) / (next - last);
      }
      last = next;
    }
    return smooth;
  }

  private static double at(int t, double[] values, double[] weights, int span) {
    int n = values.length;
    int width = Math.min(span, n);
    int from = Math.clamp(t - width / 2, 0, n - width);
    // A span beyond the series widens the kernel, as in STL.
    double reach = Math.max(t - from, from + width - 1 - t) + 1 + Math.max(0, span - n) / 2.0;
    double w = 0;
    double wx = 0;
    double wxx = 0;
    double wy = 0;
    double wxy = 0;
    for (int i = from; i < from + width; i++) {
      double x = i - t;
      double far = Math.abs(x) / reach;
      double near = 1 - far * far * far;
      double weight = near * near * near * weights[i];
      w += weight;
      wx += weight * x;
      wxx += weight * x * x;
      wy += weight * values[i];
      wxy += weight * x * values[i];
    }
    if (w <= 0) {
      return values[t];
    }
    double spread = w * wxx - wx * wx;
    return spread <= 1e-9 * w * wxx ? wy / w : (wxx * wy - wx * wxy) / spread;
  }
}
