package io.grace.lab.judgement;

import io.grace.intelligence.pattern.Cause;
import io.grace.intelligence.pattern.CauseRanking;
import io.grace.intelligence.pattern.EventLog;
import io.grace.lab.bench.Report;
import io.grace.lab.foresight.PublicData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Which alarm causes which, from the alarms of a real microwave network: ranked directed pairs
/// against the graph that its engineers drew.
///
/// Halves of time and of devices show how much of the figure is luck.
public final class AlarmBench {
  private static final double HORIZON = 600;
  private static final double PRECISION = 0.36;
  private static final double SECONDS = 5;
  private static final long SEED = 1;
  private static final int[][] APART = {};

  private AlarmBench() {}

  private record Quality(double average, double atEdges) {}

  public static void measure(Report report, boolean quick) throws Exception {
    Optional<Path> folder = PublicData.folder("alarm-pcic");
    if (folder.isEmpty()) {
      report.note(PublicData.skipped("alarm-pcic"));
      return;
    }
    Path network = folder.get().resolve("24V_439N_Microwave");
    int[][] graph = matrix(network.resolve("DAG.csv"));
    int[][] neighbours = lists(matrix(network.resolve("Topology.csv")));
    EventLog log = log(network.resolve("Alarm.csv"), graph.length);
    long began = System.nanoTime();
    Quality with = quality(log, neighbours, graph, SEED);
    double took = (System.nanoTime() - began) / 1e9;
    report.note("%-32s %10s %14s", "", "average", "precision at");
    report.note("%-32s %10s %14s", "", "precision", "as many edges");
    row(report, "GRACE, with topology", with);
    row(report, "without topology", quality(log, APART, graph, SEED));
    if (!quick) {
      for (long seed = SEED + 1; seed <= SEED + 3; seed++) {
        row(report, "  another seed", quality(log, neighbours, graph, seed));
      }
      double middle = log.seconds()[log.size() - 1] / 2;
      row(
          report,
          "  first half of the time",
          part(log, i -> log.seconds()[i] < middle, neighbours, graph));
      row(report, "  second half", part(log, i -> log.seconds()[i] >= middle, neighbours, graph));
      row(
          report,
          "  devices of even number",
          part(log, i -> log.places()[i] % 2 == 0, APART, graph));
      row(
          report,
          "  devices of odd number",
          part(log, i -> log.places()[i] % 2 == 1, APART, graph));
    }
    report.note("random order: .248; published, as F1: best method .372, the complete graph .398");
    report.promise(
        with.average() >= PRECISION,
        "average precision of ranked edges %.3f (at least %.2f)",
        with.average(),
        PRECISION);
    report.promise(
        took < SECONDS, "%,d events ranked in %.1f s (under %.0f s)", log.size(), took, SECONDS);
  }

  private static void row(Report report, String name, Quality quality) {
    report.note("%-32s %10.3f %14.3f", name, quality.average(), quality.atEdges());
  }

  private static Quality part(EventLog log, IntPredicate keeps, int[][] neighbours, int[][] graph) {
    int[] rows = IntStream.range(0, log.size()).filter(keeps).toArray();
    var part =
        new EventLog(
            IntStream.of(rows).map(i -> log.kinds()[i]).toArray(),
            IntStream.of(rows).map(i -> log.places()[i]).toArray(),
            IntStream.of(rows).mapToDouble(i -> log.seconds()[i]).toArray(),
            log.kindCount());
    return quality(part, neighbours, graph, SEED);
  }

  /// A kind that does not occur takes no place in the ranking, and its edges count as missed.
  private static Quality quality(EventLog log, int[][] neighbours, int[][] graph, long seed) {
    int edges =
        IntStream.of(
                IntStream.range(0, graph.length).map(a -> IntStream.of(graph[a]).sum()).toArray())
            .sum();
    List<Cause> ranked = CauseRanking.of(log, neighbours, HORIZON, seed);
    int right = 0;
    double sum = 0;
    double atEdges = 0;
    for (int i = 0; i < ranked.size(); i++) {
      if (graph[ranked.get(i).cause()][ranked.get(i).effect()] == 1) {
        right++;
        sum += right / (i + 1.0);
      }
      if (i + 1 == edges) {
        atEdges = right / (double) edges;
      }
    }
    return new Quality(sum / edges, atEdges);
  }

  private static EventLog log(Path file, int kinds) throws IOException {
    List<String[]> rows =
        Files.readAllLines(file).stream().skip(1).map(line -> line.split(",", -1)).toList();
    return new EventLog(
        rows.stream().mapToInt(row -> Integer.parseInt(row[0])).toArray(),
        rows.stream().mapToInt(row -> Integer.parseInt(row[1])).toArray(),
        rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray(),
        kinds);
  }

  private static int[][] matrix(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split(",", -1))
        .map(row ->
            IntStream.range(0, row.length).map(i -> (int) Double.parseDouble(row[i])).toArray())
        .toArray(int[][]::new);
  }

  private static int[][] lists(int[][] matrix) {
    int[][] lists = new int[matrix.length][];
    for (int p = 0; p < matrix.length; p++) {
      int[] row = matrix[p];
      lists[p] = IntStream.range(0, row.length).filter(q -> row[q] == 1).toArray();
    }
    return lists;
  }
}
