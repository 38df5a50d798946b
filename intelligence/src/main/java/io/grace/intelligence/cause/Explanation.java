package io.grace.intelligence.cause;

import io.grace.intelligence.linear.Ridge;
import java.util.Arrays;

/// How much of one deviation its parents in the causal graph explain, and what is left: the
/// residual of a regression on the parents over the normal period, as in CIRCA (Li et al., *Causal
/// Inference-Based Root Cause Analysis for Online Service Systems with Intervention Recognition*,
/// KDD 2022, section 4.3). A node whose conditional distribution given its parents changed was
/// intervened on.
///
/// GRACE differs. Parents follow from what a metric is: latencies and errors come from callees,
/// traffic from callers, use from traffic. A normal period is often too quiet to learn a
/// coefficient from, so each is expected where physics puts it (a caller waits for its callee once
/// per call) and moves from there only as far as the data say so: the posterior mean under a normal
/// prior. And what is explained is not certain to a standard deviation of the residual, but to a
/// share of itself, since trouble is outside of what was seen.
///
/// @param left how many standard deviations of the deviation remain unexplained
/// @param parents tracks that explain the rest
/// @param shares of the deviation that each explains; at most 1 together
record Explanation(double left, int[] parents, double[] shares) {
  /// How sure an expected coefficient is: its standard deviation is half of itself.
  private static final double PRIOR_SPREAD = 0.5;

  /// What is explained is uncertain by this share of itself.
  private static final double UNSURE = 0.3;

  /// A normal period counts as so many rows at most: its samples are alike, and quiet ones make a
  /// slope look flatter than it is in trouble.
  private static final double ROWS = 30;

  /// Rows further out than this teach nothing about normal.
  private static final double OUTLIER = 6;

  static Explanation none(Deviation deviation) {
    return new Explanation(deviation.size(), new int[0], new double[0]);
  }

  /// @param parents tracks of the scene, each of which deviates
  /// @param expected their coefficients by physics, not negative
  static Explanation by(
      Scene scene, Deviations deviations, int track, int[] parents, double[] expected) {
    Deviation deviation = deviations.of(track);
    Baseline baseline = deviations.baseline(track);
    double moved = deviation.moved();
    if (moved == 0 || parents.length == 0) {
      return none(deviation);
    }
    double[] slopes = slopes(scene, deviations, track, parents, expected);
    double[] shares = new double[parents.length];
    double sum = 0;
    for (int p = 0; p < parents.length; p++) {
      double parentMoved = movedMeanwhile(scene, deviations, parents[p], deviation);
      shares[p] = Math.max(0, Math.max(0, slopes[p]) * parentMoved / moved);
      sum += shares[p];
    }
    double explained = Math.min(1, sum);
    if (sum > 1) {
      for (int p = 0; p < shares.length; p++) {
        shares[p] /= sum;
      }
    }
    double size = Math.abs(moved);
    double doubt = Math.hypot(baseline.scale(), UNSURE * explained * size);
    double left = Math.min(deviation.size(), (1 - explained) * size / doubt);
    return new Explanation(left, parents, shares);
  }

  /// One more parent, that explains a share of what is left.
  Explanation and(int parent, double share) {
    double rest = 1 - Math.min(1, Arrays.stream(shares).sum());
    int[] more = Arrays.copyOf(parents, parents.length + 1);
    double[] parts = Arrays.copyOf(shares, more.length);
    more[parents.length] = parent;
    parts[parents.length] = share * rest;
    return new Explanation(left * (1 - share), more, parts);
  }

  private static double[] slopes(
      Scene scene, Deviations deviations, int track, int[] parents, double[] expected) {
    Track child = scene.tracks().get(track);
    Baseline baseline = deviations.baseline(track);
    int rows = child.firstFrom(scene.suspectFrom());
    Ridge ridge = new Ridge(parents.length, 1);
    double[] x = new double[parents.length];
    double weight = Math.min(1, ROWS / Math.max(1, rows));
    for (int i = 0; i < rows; i++) {
      double y = child.values()[i] - baseline.median();
      boolean isUsable = Math.abs(y) <= OUTLIER * baseline.scale();
      for (int p = 0; p < x.length && isUsable; p++) {
        Baseline normal = deviations.baseline(parents[p]);
        x[p] = sample(scene.tracks().get(parents[p]), child, i) - normal.median();
        isUsable = Math.abs(x[p]) <= OUTLIER * normal.scale();
      }
      if (isUsable) {
        ridge.add(x, y, weight);
      }
    }
    double[] penalty = new double[parents.length];
    double noise = baseline.scale() * baseline.scale();
    for (int p = 0; p < parents.length; p++) {
      double spread = PRIOR_SPREAD * Math.max(expected[p], 1e-12);
      penalty[p] = noise / (spread * spread);
    }
    return ridge.solve(penalty, expected);
  }

  /// What the parent showed when the child was sampled; NaN if nothing.
  private static double sample(Track parent, Track child, int row) {
    if (parent.times() == child.times()) {
      return parent.values()[row];
    }
    int at = parent.firstFrom(child.times()[row]);
    return at < parent.values().length ? parent.values()[at] : Double.NaN;
  }

  /// By how much the parent moved while the child was at its worst; if it was not measured then,
  /// while it was at its own worst.
  private static double movedMeanwhile(
      Scene scene, Deviations deviations, int parent, Deviation child) {
    Track track = scene.tracks().get(parent);
    int begin = track.firstFrom(child.onset());
    int end = begin;
    while (end < track.times().length && track.times()[end] <= child.until()) {
      end++;
    }
    double[] sorted = sorted(track.values(), begin, end);
    return sorted.length == 0
        ? deviations.of(parent).moved()
        : Baseline.quantile(sorted, 0.5) - deviations.baseline(parent).median();
  }

  private static double[] sorted(double[] values, int begin, int end) {
    double[] part = Arrays.copyOfRange(values, begin, end);
    return Baseline.sorted(part, part.length);
  }
}
