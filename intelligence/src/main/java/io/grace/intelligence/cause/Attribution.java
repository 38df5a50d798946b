package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.BitSet;

/// How much of what is wrong with the sick services comes from each service: the deviations of the
/// sick are handed down the causal graph, each track keeping what its parents do not explain and
/// handing them the rest by their shares, as traversal does (Lin et al., *Microscope: Pinpoint
/// Performance Issues with Causal Graphs in Micro-service Environments*, ICSOC 2018, section 4.3),
/// but in proportion, not all or nothing. *Immutable.*
///
/// @param shares one a service; what no service is to blame for is in `outside`
/// @param outside the share that is traffic which no watched caller explains
record Attribution(double[] shares, double outside) {
  /// Longer chains of calls are cut here.
  private static final int ROUNDS = 16;

  static Attribution of(
      Scene scene, Deviations deviations, Explanation[] explanations, Topology topology) {
    int tracks = scene.tracks().size();
    double[] shares = new double[scene.services().size()];
    double[] mass = new double[tracks];
    double total = start(scene, deviations, mass);
    if (total == 0) {
      return new Attribution(shares, 0);
    }
    double outside = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      double[] next = new double[tracks];
      for (int t = 0; t < tracks; t++) {
        if (mass[t] == 0) {
          continue;
        }
        Explanation explanation = explanations[t];
        double handed = 0;
        for (int p = 0; p < explanation.parents().length && round < ROUNDS; p++) {
          double part = explanation.shares()[p] * mass[t];
          next[explanation.parents()[p]] += part;
          handed += part;
        }
        double kept = Math.max(0, mass[t] - handed) / total;
        Deviation deviation = deviations.of(t);
        int[] callers = topology.callers(deviation.service());
        if (deviation.kind() == MetricKind.TRAFFIC && !deviation.isSilent()) {
          // What is asked of a service is its callers' doing, and that of users if it has none.
          outside += callers.length == 0 ? kept : 0;
          for (int caller : callers) {
            shares[caller] += kept / callers.length;
          }
        } else {
          shares[deviation.service()] += kept;
        }
      }
      mass = next;
    }
    return new Attribution(shares, outside);
  }

  /// The deviations that are to be explained: those of the sick that callers feel, else all of
  /// theirs; where nobody says who is sick, those of every service.
  private static double start(Scene scene, Deviations deviations, double[] mass) {
    BitSet sick = new BitSet();
    scene.sick().forEach(sick::set);
    boolean isTold = !sick.isEmpty();
    double total = 0;
    for (int pass = 0; pass < 2 && total == 0; pass++) {
      for (int t = 0; t < mass.length; t++) {
        Deviation deviation = deviations.of(t);
        boolean isFelt = deviation.kind().reachesCallers() || pass == 1;
        boolean isAsked = isTold ? sick.get(deviation.service()) : true;
        if (isFelt && isAsked && deviation.size() >= CausalGraph.LEAST) {
          mass[t] = deviation.strength();
          total += mass[t];
        }
      }
    }
    return total;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribution a
        && outside == a.outside
        && Arrays.equals(shares, a.shares);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shares);
  }
}
