package io.grace.intelligence.cause;

/// Stands in for calls where nobody tells them: a service is covered by another if it could well be
/// its caller and suffer from it. A caller is slower, for it waits; it deviates no earlier; its
/// latency rises by about as many milliseconds as that of the callee, for it waits that much
/// longer, or by less if it gives up; and it fails no more often than the callee does.
final class Cover {
  static final int LATENCY = 0;
  static final int ERRORS = 1;

  /// How much of what is covered is taken off as explained.
  private static final double EXPLAINED = 0.8;

  /// What a slow callee may explain of errors, and one that is gone of anything.
  private static final double TIMED_OUT = 0.5;

  private static final double GONE = 0.9;

  /// Who does not call at every request may be quicker than what it calls, down to this share, but
  /// then suffers much less.
  private static final double SELDOM = 0.4;

  private static final double MUCH_LESS = 0.7;

  private final double[][] rows;
  private final double[][] felt;
  private final double[][] moved;
  private final double[] onsets;
  private final double[] latencies;
  private final double step;

  /// @param latencies normal ones
  /// @param step how much earlier a caller may seem to have deviated
  Cover(
      double[][] rows,
      double[][] felt,
      double[][] moved,
      double[] onsets,
      double[] latencies,
      double step) {
    this.rows = rows;
    this.felt = felt;
    this.moved = moved;
    this.onsets = onsets;
    this.latencies = latencies;
    this.step = step;
  }

  /// @param slowFirst services that deviate, the one that is normally slowest first
  void lay(int[] slowFirst) {
    for (int i = 0; i < slowFirst.length; i++) {
      int service = slowFirst[i];
      double[] covered = new double[2];
      for (int j = 0; j < slowFirst.length; j++) {
        int callee = slowFirst[j];
        boolean isSlower = j > i;
        boolean canCall = isSlower || latencies[service] >= SELDOM * latencies[callee];
        if (j != i && canCall && onsets[callee] <= onsets[service] + step) {
          for (int k = 0; k < 2; k++) {
            boolean isLess = moved[service][k] <= MUCH_LESS * moved[callee][k];
            if (isSlower || isLess) {
              covered[k] = Math.max(covered[k], likeness(service, callee, k));
            }
          }
        }
      }
      double[] row = rows[service];
      row[Features.OWN_LATENCY] *= 1 - EXPLAINED * covered[LATENCY];
      row[Features.OWN_ERRORS] *= 1 - EXPLAINED * covered[ERRORS];
      boolean isSlow = felt[service][LATENCY] >= felt[service][ERRORS];
      row[Features.COVERED] = covered[isSlow ? LATENCY : ERRORS];
    }
  }

  private double likeness(int service, int callee, int kind) {
    if (felt[service][kind] <= 0) {
      return 0;
    }
    if (rows[callee][Features.SILENT] > 0) {
      return GONE;
    }
    double timedOut =
        kind == ERRORS && felt[callee][LATENCY] > felt[service][ERRORS] ? TIMED_OUT : 0;
    if (!(moved[callee][kind] > 0) || !(moved[service][kind] > 0)) {
      return timedOut;
    }
    double ratio = moved[service][kind] / moved[callee][kind];
    double most = kind == LATENCY ? 1.5 : 1.15;
    double like = ratio > most ? most / ratio : ratio >= 0.25 ? 1 : 0.5 + 2 * ratio;
    return Math.max(timedOut, ratio > most ? like * like : like);
  }
}
