package io.grace.lab.judgement;

import io.grace.intelligence.cause.Call;
import io.grace.intelligence.cause.Cause;
import io.grace.intelligence.cause.CauseRanker;
import io.grace.intelligence.cause.MetricKind;
import io.grace.intelligence.cause.Ranking;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Track;
import io.grace.intelligence.cause.Weights;
import io.grace.intelligence.cause.Worse;
import io.grace.lab.bench.Report;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Root cause in simulated fleets: every kind of fault, two at once in every fourth episode,
/// traffic surges besides, once with calls told and once without; how often a cause is named in a
/// quiet hour; how true the probabilities are; and how long a thousand services take.
///
/// The first cause counts if it is one of the true ones; the first three count if all true ones are
/// among them.
public final class FaultEpisodesBench {
  private static final double TOP_1 = 0.90;
  private static final double TOP_3 = 0.98;
  private static final double MOST_BLAMED = 0.10;
  private static final long FIRST_SEED = 1;
  private static final long FIRST_QUIET_SEED = 50_000;
  private static final int BINS = 10;
  private static final double MOST_MS = 100;

  private FaultEpisodesBench() {}

  /// @param missed how often a fault of the kind kept the true causes from the first three
  private record Result(
      int episodes,
      int first,
      int three,
      int blamed,
      double calibrationError,
      Map<FleetFault.Kind, int[]> missed) {
    double top1() {
      return (double) first / episodes;
    }

    double top3() {
      return (double) three / episodes;
    }
  }

  public static void measure(Report report, boolean quick) throws Exception {
    int episodes = quick ? 40 : 200;
    CauseRanker ranker = new CauseRanker(Weights.standard());
    report.note("%-16s %9s %7s %7s %8s %14s", "", "episodes", "top-1", "top-3", "blamed", "ECE");
    Result with = judge(ranker, episodes, true);
    Result without = judge(ranker, episodes, false);
    note(report, "calls told", with);
    note(report, "calls unknown", without);
    kinds(report, with, without);
    double top1 = (with.top1() + without.top1()) / 2;
    double top3 = (with.top3() + without.top3()) / 2;
    report.promise(
        top1 >= TOP_1 && top3 >= TOP_3,
        "fault episodes: top-1 %.3f, at least %.2f; top-3 %.3f, at least %.2f",
        top1,
        TOP_1,
        top3,
        TOP_3);
    quiet(report, ranker, quick ? 40 : 200);
    speed(report, ranker);
  }

  private static void note(Report report, String name, Result result) {
    report.note(
        "%-16s %9d %7.3f %7.3f %8.3f %14.3f",
        name,
        result.episodes(),
        result.top1(),
        result.top3(),
        (double) result.blamed() / result.episodes(),
        result.calibrationError());
  }

  private static Result judge(CauseRanker ranker, int episodes, boolean isDeclared) {
    int first = 0;
    int three = 0;
    int blamed = 0;
    double[] said = new double[BINS];
    double[] right = new double[BINS];
    Map<FleetFault.Kind, int[]> missed = new EnumMap<>(FleetFault.Kind.class);
    for (int i = 0; i < episodes; i++) {
      FleetEpisode episode = FleetEpisode.draw(FIRST_SEED + i, FleetEpisode.faults(i), isDeclared);
      Ranking ranking = ranker.rank(episode.scene());
      List<Cause> causes = ranking.causes();
      boolean isFirst = !causes.isEmpty() && episode.causes().contains(causes.getFirst().service());
      long found =
          causes.stream().limit(3).filter(c -> episode.causes().contains(c.service())).count();
      boolean isAll = found == episode.causes().size();
      first += isFirst ? 1 : 0;
      three += isAll ? 1 : 0;
      blamed += ranking.blamed().isPresent() ? 1 : 0;
      for (FleetFault.Kind kind : episode.kinds()) {
        int[] counts = missed.computeIfAbsent(kind, k -> new int[2]);
        counts[0]++;
        counts[1] += isAll ? 0 : 1;
      }
      if (!causes.isEmpty() && episode.causes().size() == 1) {
        double probability = causes.getFirst().probability();
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        said[bin] += probability;
        right[bin] += isFirst ? 1 : 0;
      }
    }
    double off = 0;
    long single = IntStream.range(0, episodes).filter(i -> FleetEpisode.faults(i) == 1).count();
    for (int bin = 0; bin < BINS; bin++) {
      off += Math.abs(said[bin] - right[bin]) / single;
    }
    return new Result(episodes, first, three, blamed, off, missed);
  }

  private static void kinds(Report report, Result with, Result without) {
    report.note("not all causes in the first three, of so many, by kind (told, unknown):");
    StringBuilder line = new StringBuilder();
    for (FleetFault.Kind kind : FleetFault.Kind.values()) {
      int[] told = with.missed().getOrDefault(kind, new int[2]);
      int[] unknown = without.missed().getOrDefault(kind, new int[2]);
      String text =
          String.format("%s %d+%d of %d", kind, told[1], unknown[1], told[0] + unknown[0]);
      line.append(String.format("%-30s", text));
      if (line.length() >= 90) {
        report.note("%s", line.toString().stripTrailing());
        line.setLength(0);
      }
    }
    report.note("%s", line.toString().stripTrailing());
  }

  private static void quiet(Report report, CauseRanker ranker, int hours) {
    int blamed = 0;
    int surges = 0;
    int blamedInSurge = 0;
    for (int i = 0; i < hours; i++) {
      FleetEpisode episode = FleetEpisode.draw(FIRST_QUIET_SEED + i, 0, i % 2 == 0);
      boolean isBlamed = ranker.rank(episode.scene()).blamed().isPresent();
      blamed += isBlamed ? 1 : 0;
      surges += episode.isSurge() ? 1 : 0;
      blamedInSurge += isBlamed && episode.isSurge() ? 1 : 0;
    }
    report.promise(
        (double) blamed / hours <= MOST_BLAMED,
        "fault episodes: a cause is named in %.3f of %d quiet hours, at most %.2f (%d of %d surges)",
        (double) blamed / hours,
        hours,
        MOST_BLAMED,
        blamedInSurge,
        surges);
  }

  /// A thousand services of five metrics, sixty samples each, a hundred of which are in trouble.
  private static void speed(Report report, CauseRanker ranker) {
    Scene scene = thousand();
    List<Double> milliseconds = new ArrayList<>();
    for (int run = 0; run < 40; run++) {
      long begin = System.nanoTime();
      ranker.rank(scene);
      if (run >= 20) {
        milliseconds.add((System.nanoTime() - begin) / 1e6);
      }
    }
    double median = Report.median(milliseconds);
    report.promise(
        median < MOST_MS,
        "1,000 services x 5 metrics x 60 samples ranked in %.1f ms, less than %.0f",
        median,
        MOST_MS);
  }

  static Scene thousand() {
    Random random = new Random(7);
    MetricKind[] kinds = {
      MetricKind.USE, MetricKind.STOCK, MetricKind.LATENCY, MetricKind.ERROR, MetricKind.TRAFFIC
    };
    double[] times = IntStream.range(0, 60).mapToDouble(i -> 15.0 * i).toArray();
    List<Track> tracks = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int s = 0; s < 1_000; s++) {
      for (MetricKind kind : kinds) {
        double level = 1 + random.nextDouble();
        double jump = s % 10 == 0 ? 3 * random.nextDouble() : 0;
        double[] values = new double[times.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = level * (1 + 0.05 * random.nextGaussian() + (i >= 50 ? jump : 0));
        }
        tracks.add(new Track(s, kind.name(), kind, Worse.UP, times, values));
      }
      for (int c = 0; c < 3 && s > 0; c++) {
        calls.add(new Call(random.nextInt(s), s));
      }
    }
    List<String> names = IntStream.range(0, 1_000).mapToObj(s -> "s" + s).toList();
    return new Scene(names, Set.of(), tracks, times[50], 60, Set.of(0), calls, List.of());
  }
}
