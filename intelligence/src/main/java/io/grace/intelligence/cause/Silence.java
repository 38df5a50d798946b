package io.grace.intelligence.cause;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Finds what is measured no more though it always was: a track that is missing for longer than it
/// ever was, or sooner, a whole service. *Owned by its caller.*
final class Silence {
  /// Samples that must be missing before a track counts as silent.
  private static final int SILENT_SAMPLES = 3;

  /// Samples that must be missing of all tracks of a service together.
  private static final int SILENT_TOGETHER = 2;

  private static final double SILENT_SIZE = 20;

  private final Scene scene;
  private final Deviation[] found;
  private final Baseline[] baselines;
  private final double until;

  /// @param found one a track; those that are silent are replaced
  /// @param until when the newest sample of any track was taken
  Silence(Scene scene, Deviation[] found, Baseline[] baselines, double until) {
    this.scene = scene;
    this.found = found;
    this.baselines = baselines;
    this.until = until;
  }

  void tell() {
    for (int t = 0; t < found.length; t++) {
      if (baselines[t].isKnown()) {
        track(t);
      }
    }
    services(track -> true);
    // What takes calls and never answers measures on, but has no answers to measure.
    services(track -> track.kind().reachesCallers());
  }

  private void track(int index) {
    Track track = scene.tracks().get(index);
    int from = track.firstFrom(scene.suspectFrom());
    double[] values = track.values();
    double[] times = track.times();
    int last = values.length - 1;
    while (last >= 0 && Double.isNaN(values[last])) {
      last--;
    }
    if (last < 2 || from < 2) {
      return;
    }
    double step = (times[from - 1] - times[0]) / (from - 1);
    double missing = (until - times[last]) / step - 1;
    double longest = 0;
    double seen = times[0];
    for (int i = 0; i < from; i++) {
      if (!Double.isNaN(values[i])) {
        longest = Math.max(longest, (times[i] - seen) / step);
        seen = times[i];
      }
    }
    boolean isRecent = times[last] >= scene.suspectFrom() - step;
    if (missing >= SILENT_SAMPLES && missing > 2 * longest && isRecent) {
      found[index] = silent(index, times[last] + step);
    }
  }

  private Deviation silent(int index, double onset) {
    Track track = scene.tracks().get(index);
    double median = baselines[index].median();
    return new Deviation(
        index,
        track.service(),
        track.kind(),
        median,
        median,
        SILENT_SIZE,
        1,
        onset,
        until,
        SILENT_SIZE,
        true);
  }

  /// When all tracks of a service fall silent at once, that is told from a lost sample sooner.
  private void services(Predicate<Track> which) {
    Map<Integer, BitSet> seen = new HashMap<>();
    Map<Integer, Track> first = new HashMap<>();
    Set<Integer> mixed = new HashSet<>();
    for (Track track : scene.tracks()) {
      if (!which.test(track)) {
        continue;
      }
      Track other = first.putIfAbsent(track.service(), track);
      if (other != null && other.times() != track.times()) {
        mixed.add(track.service());
      }
      BitSet measured = seen.computeIfAbsent(track.service(), s -> new BitSet());
      for (int i = 0; i < track.values().length; i++) {
        if (!Double.isNaN(track.values()[i])) {
          measured.set(i);
        }
      }
    }
    Map<Integer, Double> gone = new HashMap<>();
    first.forEach((service, track) -> {
      double since =
          mixed.contains(service)
              ? Double.NaN
              : gone(track, seen.getOrDefault(service, new BitSet()));
      if (!Double.isNaN(since)) {
        gone.put(service, since);
      }
    });
    for (int t = 0; t < found.length; t++) {
      Double since = gone.get(scene.tracks().get(t).service());
      if (since != null && which.test(scene.tracks().get(t)) && baselines[t].isKnown()) {
        found[t] = silent(t, since);
      }
    }
  }

  /// @return since when a service is not measured at all, NaN if it is or often is not
  private double gone(Track track, BitSet seen) {
    double[] times = track.times();
    int last = seen.length() - 1;
    int from = track.firstFrom(scene.suspectFrom());
    if (last < Math.max(2, from - 1) || from < Baseline.FEWEST) {
      return Double.NaN;
    }
    int longest = 0;
    for (int i = seen.nextSetBit(0); i >= 0 && i < from; ) {
      int next = seen.nextSetBit(i + 1);
      longest = next < 0 || next > from ? longest : Math.max(longest, next - i - 1);
      i = next;
    }
    double step = (times[from - 1] - times[0]) / (from - 1);
    double missing = (until - times[last]) / step;
    return missing >= SILENT_TOGETHER + longest - 0.5 ? times[last] + step : Double.NaN;
  }
}
