package io.grace.intelligence.cause;

import java.util.BitSet;

/// What speaks for each service as a cause, in numbers. *Immutable.*
///
/// @param services candidates, as indices into the services of the scene
/// @param rows one a candidate, [COUNT] numbers each
/// @param outside how much speaks for a cause that is not watched: the share of what is wrong that
///     is traffic from outside
/// @param rarity tail probability of the worst deviation if nothing were wrong
public record Features(int[] services, double[][] rows, double outside, double rarity) {
  /// Strength of what its stocks and its use deviate by themselves.
  static final int OWN_STATE = 0;

  /// Strength of what callers feel and no callee explains.
  static final int OWN_LATENCY = 1;

  static final int OWN_ERRORS = 2;

  /// Strength of its traffic and of what has no meaning to GRACE.
  static final int OTHER = 3;

  static final int SILENT = 4;

  /// The share of what is wrong with the sick that comes from it.
  static final int SHARE = 5;

  /// How late it deviated after the first, as a share of the time that was looked at.
  static final int LATE = 6;

  /// 1 for a change right before it deviated, less the longer ago.
  static final int CHANGED = 7;

  /// Strength of its strongest deviation, by whatever it is explained.
  static final int STRONGEST = 8;

  public static final int COUNT = 9;

  /// Deviations that count as having begun.
  private static final double BEGUN = 1;

  static Features of(
      Scene scene,
      Deviations deviations,
      Explanation[] explanations,
      Attribution attribution,
      double rarity) {
    int count = scene.services().size();
    double[][] all = new double[count][];
    double[] onsets = new double[count];
    java.util.Arrays.fill(onsets, Double.POSITIVE_INFINITY);
    double until = scene.noticed();
    for (int t = 0; t < scene.tracks().size(); t++) {
      Deviation deviation = deviations.of(t);
      int s = deviation.service();
      if (scene.pseudo().contains(s) || deviation.size() <= 0) {
        continue;
      }
      double[] row = all[s] == null ? new double[COUNT] : all[s];
      all[s] = row;
      double strength = deviation.strength();
      double own = deviation.explained(explanations[t].left()).strength();
      if (deviation.isSilent()) {
        row[SILENT] = 1;
      } else {
        int kind =
            switch (deviation.kind()) {
              case STOCK, USE -> OWN_STATE;
              case LATENCY -> OWN_LATENCY;
              case ERROR -> OWN_ERRORS;
              case TRAFFIC, OTHER -> OTHER;
            };
        row[kind] = Math.max(row[kind], own);
        row[STRONGEST] = Math.max(row[STRONGEST], strength);
      }
      if (strength >= BEGUN) {
        onsets[s] = Math.min(onsets[s], deviation.onset());
        until = Math.max(until, deviation.until());
      }
    }
    for (Change change : scene.changes()) {
      if (all[change.service()] == null && !scene.pseudo().contains(change.service())) {
        all[change.service()] = new double[COUNT];
      }
    }
    times(scene, all, onsets, until);
    BitSet candidates = new BitSet();
    for (int s = 0; s < count; s++) {
      if (all[s] != null) {
        all[s][SHARE] = attribution.shares()[s];
        candidates.set(s);
      }
    }
    int[] services = candidates.stream().toArray();
    double[][] rows = new double[services.length][];
    for (int i = 0; i < services.length; i++) {
      rows[i] = all[services[i]];
    }
    return new Features(services, rows, attribution.outside(), rarity);
  }

  private static void times(Scene scene, double[][] all, double[] onsets, double until) {
    double first = Double.POSITIVE_INFINITY;
    for (double onset : onsets) {
      first = Math.min(first, onset);
    }
    double span = Math.max(1e-9, until - scene.suspectFrom());
    for (int s = 0; s < all.length; s++) {
      if (all[s] != null) {
        all[s][LATE] = Double.isInfinite(onsets[s]) ? 1 : Math.min(1, (onsets[s] - first) / span);
      }
    }
    for (Change change : scene.changes()) {
      double[] row = all[change.service()];
      double onset = Math.min(onsets[change.service()], scene.noticed());
      double ago = onset - change.at();
      if (row != null && ago >= -span / 4 && change.at() <= until) {
        row[CHANGED] = Math.max(row[CHANGED], 1 / (1 + Math.max(0, ago) / span));
      }
    }
  }
}
