package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/// Gathers the features of every service of a scene. *Owned by its caller.*
final class Evidence {
  /// Deviations of this strength count as having begun.
  private static final double BEGUN = 1;

  /// Of the strength of a service, what its main deviations have at least.
  private static final double MAIN = 0.7;

  private final Scene scene;
  private final Deviations deviations;
  private final Explanation[] explanations;
  private final Topology topology;
  private final double[][] rows;
  private final double[] onsets;
  private final double[] strongest;
  private final double[] normalLatency;

  /// Strength of latency and errors, whatever explains them.
  private final double[][] felt;

  /// By how much they moved, in their own unit.
  private final double[][] moved;

  private double until;

  Evidence(Scene scene, Deviations deviations, Explanation[] explanations, Topology topology) {
    this.scene = scene;
    this.deviations = deviations;
    this.explanations = explanations;
    this.topology = topology;
    int count = scene.services().size();
    this.rows = new double[count][];
    this.onsets = new double[count];
    this.strongest = new double[count];
    this.normalLatency = new double[count];
    this.felt = new double[count][2];
    this.moved = new double[count][2];
    this.until = scene.noticed();
    Arrays.fill(onsets, Double.POSITIVE_INFINITY);
    Arrays.fill(normalLatency, Double.NaN);
  }

  Features features(Attribution attribution, double rarity) {
    for (int t = 0; t < scene.tracks().size(); t++) {
      gather(t);
    }
    for (int t = 0; t < scene.tracks().size(); t++) {
      begins(t);
    }
    for (Change change : scene.changes()) {
      row(change.service());
    }
    behaviour();
    times();
    quickness();
    BitSet candidates = new BitSet();
    for (int s = 0; s < rows.length; s++) {
      if (rows[s] != null && !scene.pseudo().contains(s)) {
        rows[s][Features.SHARE] = attribution.shares()[s];
        candidates.set(s);
      }
    }
    int[] services = candidates.stream().toArray();
    double[][] kept = Arrays.stream(services).mapToObj(s -> rows[s]).toArray(double[][]::new);
    return new Features(services, kept, attribution.outside(), rarity);
  }

  private double[] row(int service) {
    double[] row = rows[service];
    if (row == null) {
      row = new double[Features.COUNT];
      rows[service] = row;
    }
    return row;
  }

  private void gather(int track) {
    Deviation deviation = deviations.of(track);
    int s = deviation.service();
    if (deviation.kind() == MetricKind.LATENCY && Double.isNaN(normalLatency[s])) {
      normalLatency[s] = deviations.baseline(track).median();
    }
    if (deviation.size() <= 0) {
      return;
    }
    double[] row = row(s);
    double strength = deviation.strength();
    if (deviation.isSilent()) {
      row[Features.SILENT] = 1;
    } else {
      double own = deviation.explained(explanations[track].left()).strength();
      int kind =
          switch (deviation.kind()) {
            case STOCK, USE -> Features.OWN_STATE;
            case QUEUE -> Features.OWN_QUEUE;
            case LATENCY -> Features.OWN_LATENCY;
            case ERROR -> Features.OWN_ERRORS;
            case TRAFFIC, OTHER -> Features.OTHER;
          };
      boolean isCallersDoing =
          deviation.kind() == MetricKind.TRAFFIC && topology.callers(s).length > 0;
      row[kind] = Math.max(row[kind], isCallersDoing ? 0 : own);
      row[Features.STRONGEST] = Math.max(row[Features.STRONGEST], strength);
    }
    if (deviation.kind().reachesCallers()) {
      int k = deviation.kind() == MetricKind.LATENCY ? 0 : 1;
      if (strength > felt[s][k]) {
        felt[s][k] = strength;
        moved[s][k] = deviation.isSilent() ? Double.NaN : Math.abs(deviation.moved());
      }
    }
    if (strength >= BEGUN) {
      until = Math.max(until, deviation.until());
    }
    strongest[s] = Math.max(strongest[s], strength);
  }

  /// A service began to deviate when the first of what deviates most did: weak tracks begin
  /// whenever noise lets them.
  private void begins(int track) {
    Deviation deviation = deviations.of(track);
    int s = deviation.service();
    double strength = deviation.strength();
    if (strength >= BEGUN && strength >= MAIN * strongest[s]) {
      onsets[s] = Math.min(onsets[s], deviation.onset());
    }
  }

  /// What is asked of a service and its callers' own traffic does not explain is the callers'
  /// doing.
  private void behaviour() {
    for (int t = 0; t < scene.tracks().size(); t++) {
      Deviation deviation = deviations.of(t);
      int[] callers = topology.callers(deviation.service());
      if (deviation.kind() != MetricKind.TRAFFIC || deviation.isSilent() || callers.length == 0) {
        continue;
      }
      double left = deviation.explained(explanations[t].left()).strength() / callers.length;
      for (int caller : callers) {
        if (left > 0) {
          double[] row = row(caller);
          row[Features.CALLS] = Math.max(row[Features.CALLS], left);
        }
      }
    }
  }

  private void times() {
    double first = Arrays.stream(onsets).min().orElse(Double.POSITIVE_INFINITY);
    double span = Math.max(1e-9, until - scene.suspectFrom());
    for (int s = 0; s < rows.length; s++) {
      if (rows[s] != null) {
        rows[s][Features.LATE] =
            Double.isInfinite(onsets[s]) ? 1 : Math.min(1, (onsets[s] - first) / span);
      }
    }
    for (Change change : scene.changes()) {
      double onset = Math.min(onsets[change.service()], scene.noticed());
      double ago = onset - change.at();
      if (ago >= -span / 4 && change.at() <= until) {
        double[] row = row(change.service());
        row[Features.CHANGED] = Math.max(row[Features.CHANGED], 1 / (1 + Math.max(0, ago) / span));
      }
    }
  }

  /// Who calls another waits for it, so the quick are called by the slow.
  private void quickness() {
    int[] begun =
        IntStream.range(0, rows.length)
            .filter(s -> !Double.isInfinite(onsets[s]) && !Double.isNaN(normalLatency[s]))
            .filter(s -> !scene.pseudo().contains(s))
            .boxed()
            .sorted((a, b) -> Double.compare(normalLatency[b], normalLatency[a]))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < begun.length; i++) {
      row(begun[i])[Features.QUICK] = begun.length == 1 ? 1 : (double) i / (begun.length - 1);
    }
    if (!scene.knowsCalls()) {
      new Cover(rows, felt, moved, onsets, normalLatency, 2 * deviations.step()).lay(begun);
    }
  }
}
