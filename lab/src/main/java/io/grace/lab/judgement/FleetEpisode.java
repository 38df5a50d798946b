package io.grace.lab.judgement;

import io.grace.intelligence.cause.Call;
import io.grace.intelligence.cause.Change;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Track;
import io.grace.lab.judgement.Fleet.Gauge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A simulated incident, or a quiet hour, as GRACE would see it. *Immutable.*
///
/// @param fleet that it happened in
/// @param kinds of the faults; empty if nothing is wrong
/// @param causes the services that the faults are in
/// @param isSurge whether users sent more than usual
record FleetEpisode(
    Fleet fleet, Scene scene, List<FleetFault.Kind> kinds, Set<Integer> causes, boolean isSurge) {
  private static final int NORMAL = 60;
  private static final int TICKS = 120;
  private static final double STEP = 15;

  /// The longest that an alarm is late in these worlds, in ticks.
  private static final int LATE = 8;

  private static final int TRIES = 50;

  /// @param faults how many begin at about the same time; 0 for a quiet hour
  static FleetEpisode draw(long seed, int faults, boolean isDeclared) {
    return draw(seed, faults, isDeclared, Fleet::draw);
  }

  /// Another incident of a fleet that is there already.
  static FleetEpisode drawIn(Fleet fleet, long seed, int faults, boolean isDeclared) {
    return draw(seed, faults, isDeclared, random -> fleet);
  }

  private static FleetEpisode draw(
      long seed, int faults, boolean isDeclared, Function<Random, Fleet> fleets) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      Random random = new Random((seed * TRIES + attempt) * 0x9E3779B97F4A7C15L);
      FleetEpisode episode = attempt(fleets.apply(random), random, faults, isDeclared);
      if (episode != null) {
        return episode;
      }
    }
    throw new IllegalStateException("no incident was noticed under seed " + seed);
  }

  /// How many faults the episode of this number has: two in every fourth.
  static int faults(int number) {
    return number % 4 == 0 ? 2 : 1;
  }

  /// @return null if nobody noticed anything, so that nobody would ask for a cause
  private static @Nullable FleetEpisode attempt(
      Fleet fleet, Random random, int count, boolean isDeclared) {
    List<FleetFault> faults = new ArrayList<>();
    Set<Integer> causes = new TreeSet<>();
    FleetFault.Kind[] kinds = FleetFault.Kind.values();
    while (faults.size() < count) {
      int service = random.nextInt(fleet.size());
      FleetFault.Kind kind = kinds[random.nextInt(kinds.length)];
      boolean needsCallees = kind == FleetFault.Kind.BREAKER_OPEN;
      if (!causes.contains(service) && !(needsCallees && fleet.edges().get(service).isEmpty())) {
        causes.add(service);
        faults.add(FleetFault.draw(kind, service, NORMAL + random.nextInt(3), random));
      }
    }
    double[] surge = surge(random);
    boolean isSurge = surge[NORMAL + LATE] > 1.2;
    long chance = random.nextLong();
    double[][][] seen = run(fleet, faults, surge, chance);
    int noticed = noticed(seen, count == 0 ? seen : run(fleet, List.of(), surge, chance));
    if (count == 0) {
      noticed = NORMAL;
    } else if (noticed < 0) {
      return null;
    }
    noticed += random.nextInt(LATE / 2);
    int end = Math.min(TICKS, noticed + 3 + random.nextInt(4));
    for (FleetFault fault : faults) {
      List<FleetFault> others = faults.stream().filter(f -> f != fault).toList();
      double[][][] without = run(fleet, others, surge, chance);
      if (!shows(seen[fault.service()], without[fault.service()], end)) {
        return null;
      }
    }
    Scene scene = scene(fleet, faults, seen, noticed, end, isDeclared, random);
    return new FleetEpisode(
        fleet, scene, faults.stream().map(FleetFault::kind).toList(), causes, isSurge);
  }

  /// The same chance gives the same world, but for the faults.
  private static double[][][] run(
      Fleet fleet, List<FleetFault> faults, double[] surge, long chance) {
    return new FleetRun(fleet, faults, surge, new Random(chance)).run(TICKS);
  }

  /// Whether a fault did anything to its own service by then that could be seen there: some gauge
  /// is a third off what it would have been, twice in a row. A fault that does nothing is none.
  private static boolean shows(double[][] with, double[][] without, int end) {
    for (int g = 0; g < with.length; g++) {
      for (int t = end - 1; t > NORMAL; t--) {
        if (isOff(with[g][t], without[g][t]) && isOff(with[g][t - 1], without[g][t - 1])) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOff(double with, double without) {
    return Double.isNaN(with)
        ? !Double.isNaN(without)
        : Math.abs(with - without) > Math.max(0.33 * Math.abs(without), 0.02);
  }

  /// In a quarter of all hours users send half as much again or twice as much, at some time.
  private static double[] surge(Random random) {
    double[] surge = new double[TICKS];
    Arrays.fill(surge, 1);
    if (random.nextInt(4) == 0) {
      int begin = 10 + random.nextInt(NORMAL);
      int end = begin + 10 + random.nextInt(40);
      double height = 1.3 + 0.5 * random.nextDouble();
      for (int t = begin; t < Math.min(end, TICKS); t++) {
        surge[t] = 1 + (height - 1) * Math.min(1, (t - begin + 1) / 4.0);
      }
    }
    return surge;
  }

  /// The first tick after the normal part at which a plain threshold was passed twice in a row, and
  /// would not have been without the faults.
  private static int noticed(double[][][] seen, double[][][] without) {
    for (int t = NORMAL; t < TICKS - LATE - 4; t++) {
      for (int s = 0; s < seen.length; s++) {
        boolean isAnyway = isSick(without[s], t) && isSick(without[s], t - 1);
        if (isSick(seen[s], t) && isSick(seen[s], t - 1) && !isAnyway) {
          return t;
        }
      }
    }
    return -1;
  }

  private static boolean isSick(double[][] service, int tick) {
    double[] latency = service[Gauge.LATENCY.ordinal()];
    double[] errors = service[Gauge.ERRORS.ordinal()];
    double usual = median(latency);
    return latency[tick] > Math.max(3 * usual, usual + 20)
        || errors[tick] > median(errors) + 0.08
        || service[Gauge.CPU.ordinal()][tick] > 0.95
        || service[Gauge.DISK.ordinal()][tick] > 0.95
        || (Double.isNaN(latency[tick]) && Double.isNaN(errors[tick]));
  }

  private static double median(double[] values) {
    double[] sorted =
        Arrays.stream(values, 0, NORMAL - LATE).filter(Double::isFinite).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static Scene scene(
      Fleet fleet,
      List<FleetFault> faults,
      double[][][] seen,
      int noticed,
      int end,
      boolean isDeclared,
      Random random) {
    double[] times = IntStream.range(0, end).mapToDouble(t -> t * STEP).toArray();
    List<Track> tracks = new ArrayList<>();
    Set<Integer> sick = new TreeSet<>();
    for (int s = 0; s < fleet.size(); s++) {
      for (Gauge gauge : Gauge.values()) {
        if (fleet.measured()[s][gauge.ordinal()]) {
          double[] values = Arrays.copyOf(seen[s][gauge.ordinal()], end);
          tracks.add(
              new Track(
                  s,
                  gauge.label(),
                  MetricNames.kind(gauge.label()),
                  MetricNames.worse(gauge.label()),
                  times,
                  values));
        }
      }
      if (isSick(seen[s], end - 1) && isSick(seen[s], end - 2)) {
        sick.add(s);
      }
    }
    List<Call> calls = new ArrayList<>();
    for (int s = 0; s < fleet.size() && isDeclared; s++) {
      for (Fleet.Edge edge : fleet.edges().get(s)) {
        calls.add(new Call(s, edge.callee()));
      }
    }
    List<String> names =
        IntStream.range(0, fleet.size()).mapToObj(s -> "s" + s).collect(Collectors.toList());
    return new Scene(
        names,
        Set.of(),
        tracks,
        noticed * STEP,
        LATE * STEP,
        sick,
        calls,
        changes(fleet, faults, noticed, random));
  }

  /// Bad deploys are told, and so are some that did no harm.
  private static List<Change> changes(
      Fleet fleet, List<FleetFault> faults, int noticed, Random random) {
    List<Change> changes = new ArrayList<>();
    for (FleetFault fault : faults) {
      if (fault.kind() == FleetFault.Kind.BAD_DEPLOY) {
        changes.add(
            new Change(fault.service(), (fault.begin() - random.nextInt(2)) * STEP, "deploy"));
      }
    }
    int harmless = random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0;
    for (int c = 0; c < harmless; c++) {
      double at = random.nextInt(noticed) * STEP;
      changes.add(new Change(random.nextInt(fleet.size()), at, "deploy"));
    }
    return changes;
  }
}
