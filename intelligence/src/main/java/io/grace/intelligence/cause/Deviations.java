package io.grace.intelligence.cause;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How far each track of a scene deviates, and how far the worst did in its normal part. Takes n
/// log n for n samples. *Owned by its caller.*
final class Deviations {
  /// Blocks of the normal part that are looked at as if they were incidents.
  static final int BLOCKS = 40;

  /// A change of this share of a level is hardly worth a word.
  private static final double LEVEL_SHARE = 0.05;

  /// Errors are compared by how much of the worst of them they are.
  private static final double ERROR_SHARE = 0.02;

  /// A step this many times the usual one parts what was recorded at different times.
  private static final double GAP = 5;

  private static final double LEAST_ORDINARY = 2;

  /// With so many samples, twice the worst of them is still held to be normal.
  private static final double FEW_SAMPLES = 10;

  private final Scene scene;
  private final double until;
  private final double step;
  private final Map<String, Double> levels = new HashMap<>();
  private final Map<String, Double> ranges = new HashMap<>();
  private final Deviation[] found;
  private final double[][] normal;
  private final Baseline[] baselines;

  Deviations(Scene scene) {
    this.scene = scene;
    int count = scene.tracks().size();
    this.found = new Deviation[count];
    this.baselines = new Baseline[count];
    this.normal = new double[count][];
    this.until =
        scene.tracks().stream()
            .filter(t -> t.times().length > 0)
            .mapToDouble(t -> t.times()[t.times().length - 1])
            .max()
            .orElse(scene.noticed());
    this.step = scene.tracks().stream().mapToDouble(Deviations::lastStep).max().orElse(0);
    compareLevels();
    for (int t = 0; t < count; t++) {
      look(t);
    }
    new Silence(scene, found, baselines, until).tell();
  }

  /// The usual time between samples lately, in seconds; 0 if there are none.
  double step() {
    return step;
  }

  /// One a track of the scene.
  Deviation of(int track) {
    return found[track];
  }

  Baseline baseline(int track) {
    return baselines[track];
  }

  /// The sum of the worst stretch in each block of the normal part, newest first.
  double[] normal(int track) {
    return normal[track];
  }

  private static double lastStep(Track track) {
    double[] times = track.times();
    int some = Math.min(4, times.length - 1);
    return some < 1 ? 0 : (times[times.length - 1] - times[times.length - 1 - some]) / some;
  }

  private void compareLevels() {
    Map<String, double[]> medians = new HashMap<>();
    Map<String, Integer> counts = new HashMap<>();
    List<Track> tracks = scene.tracks();
    for (Track track : tracks) {
      double[] sorted = Baseline.sorted(track.values(), track.firstFrom(scene.suspectFrom()));
      if (sorted.length == 0) {
        continue;
      }
      double median = Baseline.quantile(sorted, 0.5);
      double most = 0;
      for (double value : track.values()) {
        most = Double.isFinite(value) ? Math.max(most, Math.abs(value - median)) : most;
      }
      ranges.merge(track.name(), most, Math::max);
      int n = counts.merge(track.name(), 1, Integer::sum);
      double[] known = medians.getOrDefault(track.name(), new double[16]);
      double[] roomy = n > known.length ? Arrays.copyOf(known, 2 * n) : known;
      roomy[n - 1] = Math.abs(median);
      medians.put(track.name(), roomy);
    }
    medians.forEach((name, all) -> {
      double[] sorted = Arrays.copyOf(all, counts.getOrDefault(name, 0));
      Arrays.sort(sorted);
      levels.put(name, Baseline.quantile(sorted, 0.5));
    });
  }

  private double floor(Track track, double median) {
    double own = LEVEL_SHARE * Math.abs(median);
    double peers = LEVEL_SHARE * levels.getOrDefault(track.name(), 0.0);
    return switch (track.kind()) {
      case STOCK, USE, QUEUE, TRAFFIC -> Math.max(own, peers);
      case LATENCY, OTHER -> own;
      case ERROR -> ERROR_SHARE * ranges.getOrDefault(track.name(), 0.0);
    };
  }

  private void look(int index) {
    Track track = scene.tracks().get(index);
    int from = track.firstFrom(scene.suspectFrom());
    int direction =
        switch (track.worse()) {
          case UP -> 1;
          case DOWN -> -1;
          case EITHER -> 0;
        };
    boolean hasTail = track.kind() != MetricKind.STOCK;
    double middle = Baseline.of(track.values(), from, direction, hasTail, 0).median();
    double floor = Double.isNaN(middle) ? 0 : floor(track, middle);
    Baseline baseline = Baseline.of(track.values(), from, direction, hasTail, floor);
    baselines[index] = baseline;
    normal[index] = new double[0];
    found[index] = nothing(index, track, baseline);
    if (!baseline.isKnown()) {
      return;
    }
    if (direction >= 0) {
      consider(index, track, from, 1);
    }
    if (direction <= 0) {
      consider(index, track, from, -1);
    }
  }

  private void consider(int index, Track track, int from, int sign) {
    Baseline baseline = baselines[index];
    double[] values = track.values();
    double[] z = new double[values.length];
    for (int i = 0; i < z.length; i++) {
      z[i] =
          Double.isFinite(values[i])
              ? sign * (values[i] - baseline.median()) / baseline.scale()
              : Double.NaN;
    }
    int gap = afterGap(track.times(), from);
    // What fills slowly was off its level before anyone noticed, and is no less to blame.
    boolean isSlow = track.kind() == MetricKind.STOCK && gap == 0;
    double reference = isSlow ? 0 : Stretch.reference(z, gap, from);
    Stretch worst = Stretch.worst(z, from, z.length, reference);
    double[] blocks = blocks(z, from, isSlow);
    for (int b = 0; b < blocks.length; b++) {
      blocks[b] = b < normal[index].length ? Math.max(blocks[b], normal[index][b]) : blocks[b];
    }
    normal[index] = blocks;
    if (worst.isEmpty() || worst.sum() <= found[index].sum()) {
      return;
    }
    double[] inside = Arrays.copyOfRange(z, worst.begin(), worst.end());
    double size = Baseline.quantile(Baseline.sorted(inside, inside.length), 0.5);
    double to = baseline.median() + sign * size * baseline.scale();
    double ordinary = ordinary(blocks, baseline.samples());
    found[index] =
        new Deviation(
            index,
            track.service(),
            track.kind(),
            baseline.median(),
            to,
            Math.max(0, size - reference),
            worst.sum() / (worst.sum() + ordinary),
            track.times()[onset(z, worst, reference + Math.max(0, size - reference) / 2)],
            track.times()[worst.end() - 1],
            worst.sum(),
            false);
  }

  /// The first sample of the stretch that is half as bad as its middle: what comes before may be
  /// noise that happened to lead to it.
  private static int onset(double[] z, Stretch worst, double half) {
    for (int i = worst.begin(); i < worst.end(); i++) {
      if (z[i] >= half) {
        return i;
      }
    }
    return worst.begin();
  }

  /// The worst that the normal part did by itself; more than that if there is little of it, for few
  /// samples do not show the worst that is normal.
  private static double ordinary(double[] blocks, int samples) {
    double most = LEAST_ORDINARY;
    for (double block : blocks) {
      most = Math.max(most, block);
    }
    return most * (1 + FEW_SAMPLES / samples);
  }

  private static double[] blocks(double[] z, int from, boolean isSlow) {
    int length = Math.min(z.length - from, from / 2);
    if (length < 1) {
      return new double[0];
    }
    int step = Math.max(1, length / 2);
    int count = Math.min(BLOCKS, (from - length) / step + 1);
    double[] sums = new double[count];
    for (int b = 0; b < count; b++) {
      int end = from - b * step;
      double reference = isSlow ? 0 : Stretch.reference(z, 0, end - length);
      sums[b] = Stretch.worst(z, end - length, end, reference).sum();
    }
    return sums;
  }

  /// Only samples after the last gap tell how it was just before.
  private static int afterGap(double[] times, int from) {
    if (from < 2) {
      return 0;
    }
    double usual = (times[from - 1] - times[0]) / (from - 1);
    double step = times.length > from ? times[times.length - 1] - times[from - 1] : usual;
    double typical = Math.min(usual, step / Math.max(1, times.length - from));
    for (int i = Math.min(from, times.length - 1); i > 0; i--) {
      if (times[i] - times[i - 1] > GAP * typical) {
        return i;
      }
      if (from - i > 100) {
        break;
      }
    }
    return 0;
  }

  private static Deviation nothing(int index, Track track, Baseline baseline) {
    double median = baseline.median();
    return new Deviation(
        index,
        track.service(),
        track.kind(),
        median,
        median,
        0,
        0,
        Double.NaN,
        Double.NaN,
        0,
        false);
  }
}
