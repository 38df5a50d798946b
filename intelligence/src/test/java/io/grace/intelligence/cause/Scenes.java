package io.grace.intelligence.cause;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Scenes for tests: sixty samples, fifteen seconds apart, noticed at the fiftieth. *Owned by one
/// test.*
final class Scenes {
  static final int NOTICED = 50;
  static final double STEP = 15;

  private final Random random;
  private final double[] times = IntStream.range(0, 60).mapToDouble(i -> STEP * i).toArray();
  private final List<Track> tracks = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Change> changes = new ArrayList<>();
  private final Set<Integer> pseudo;
  private final int services;

  Scenes(int services, long seed, Integer... pseudo) {
    this.services = services;
    this.random = new Random(seed);
    this.pseudo = Set.of(pseudo);
  }

  /// A track of normal noise that jumps at `from` by `jump`.
  Scenes track(int service, MetricKind kind, double level, double jump, int from) {
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = level * (1 + 0.05 * random.nextGaussian()) + (i >= from ? jump : 0);
    }
    return values(service, kind, Worse.UP, values);
  }

  Scenes values(int service, MetricKind kind, Worse worse, double[] values) {
    tracks.add(new Track(service, kind.name(), kind, worse, times, values));
    return this;
  }

  Scenes call(int caller, int callee) {
    calls.add(new Call(caller, callee));
    return this;
  }

  Scenes change(int service, int sample) {
    changes.add(new Change(service, STEP * sample, "deploy"));
    return this;
  }

  Scene scene(Integer... sick) {
    List<String> names = IntStream.range(0, services).mapToObj(s -> "s" + s).toList();
    return new Scene(names, pseudo, tracks, STEP * NOTICED, 8 * STEP, Set.of(sick), calls, changes);
  }

  static Ranking rank(Scene scene) {
    return new CauseRanker(Weights.standard()).rank(scene);
  }

  static double[] constant(double value) {
    double[] values = new double[60];
    Arrays.fill(values, value);
    return values;
  }
}
