package io.grace.lab.judgement;

import io.grace.intelligence.cause.Call;
import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One traffic scenario of PetShop: who calls whom, two days without an issue, and issues of a few
/// samples each. *Immutable.*
///
/// @param services every name in the graph or the metrics
/// @param normal two days of samples every five minutes
record PetShopData(
    String name, List<String> services, List<Call> calls, Recording normal, List<Issue> issues) {
  private static final Pattern NODE =
      Pattern.compile("\"(target|root_cause)\"\\s*:\\s*\\{[^}]*?\"node\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern TIME = Pattern.compile("\"timestamp\"\\s*:\\s*([0-9.]+)");

  /// Sampled every five minutes, with time stamps of the begin: a sample may hold trouble though it
  /// is a step older than the alarm.
  private static final double STEP = 300;

  /// Statistics that are used; percentiles say the same as the mean and are noisier.
  private static final Set<String> STATISTICS = Set.of("Average", "Sum");

  /// @param column service, metric and statistic
  record Column(String service, String metric, String statistic) {}

  /// @param times in seconds
  record Recording(double[] times, Map<Column, double[]> values) {}

  /// @param target the service that was noticed
  /// @param cause the true cause
  record Issue(String name, Recording recording, String target, String cause, double noticed) {}

  static List<PetShopData> all(Path folder) throws IOException {
    List<PetShopData> all = new ArrayList<>();
    for (Path scenario : folders(folder)) {
      if (Files.exists(scenario.resolve("graph.csv"))) {
        all.add(read(scenario));
      }
    }
    return all;
  }

  private static List<Path> folders(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static PetShopData read(Path scenario) throws IOException {
    Recording normal = recording(scenario.resolve("noissue").resolve("metrics.csv"));
    List<Issue> issues = new ArrayList<>();
    for (Path split : folders(scenario)) {
      for (Path issue : folders(split)) {
        if (Files.exists(issue.resolve("target.json"))) {
          issues.add(issue(split.getFileName() + "/" + issue.getFileName(), issue));
        }
      }
    }
    Set<String> services = new TreeSet<>();
    List<String> lines = Files.readAllLines(scenario.resolve("graph.csv"));
    String[] header = lines.getFirst().split(",", -1);
    services.addAll(Arrays.asList(header).subList(1, header.length));
    normal.values().keySet().forEach(column -> services.add(column.service()));
    issues.forEach(i -> i.recording().values().keySet().forEach(c -> services.add(c.service())));
    List<String> names = List.copyOf(services);
    List<Call> calls = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      for (int c = 1; c < cells.length; c++) {
        if (!cells[c].isBlank() && Double.parseDouble(cells[c]) > 0) {
          calls.add(new Call(names.indexOf(cells[0]), names.indexOf(header[c])));
        }
      }
    }
    return new PetShopData(scenario.getFileName().toString(), names, calls, normal, issues);
  }

  private static Issue issue(String name, Path folder) throws IOException {
    String json = Files.readString(folder.resolve("target.json"));
    Map<String, String> nodes = new HashMap<>();
    Matcher node = NODE.matcher(json);
    while (node.find()) {
      nodes.put(node.group(1), node.group(2));
    }
    Matcher time = TIME.matcher(json);
    if (!time.find()) {
      throw new IOException("no timestamp in " + folder.resolve("target.json"));
    }
    return new Issue(
        name,
        recording(folder.resolve("metrics.csv")),
        nodes.getOrDefault("target", ""),
        nodes.getOrDefault("root_cause", ""),
        Double.parseDouble(time.group(1)));
  }

  private static Recording recording(Path file) throws IOException {
    List<String[]> rows =
        Files.readAllLines(file).stream().map(line -> line.split(",", -1)).toList();
    List<String[]> samples = rows.subList(4, rows.size());
    double[] times = samples.stream().mapToDouble(row -> Double.parseDouble(row[0])).toArray();
    Map<Column, double[]> values = new HashMap<>();
    for (int c = 1; c < rows.getFirst().length; c++) {
      int column = c;
      Column key = new Column(rows.get(0)[c], rows.get(1)[c], rows.get(2)[c]);
      if (STATISTICS.contains(key.statistic())) {
        values.put(key, samples.stream().mapToDouble(row -> number(row, column)).toArray());
      }
    }
    return new Recording(times, values);
  }

  private static double number(String[] row, int column) {
    return column >= row.length || row[column].isBlank()
        ? Double.NaN
        : Double.parseDouble(row[column]);
  }

  /// Clients and remote ends of a call stand for services that are there under their own names.
  private static boolean isPseudo(String service) {
    return service.endsWith("_client") || service.endsWith("_remote");
  }

  /// The two days as normal part, moved to end an hour before the issue, and the issue.
  Scene scene(Issue issue) {
    double[] before = normal.times();
    double shift = issue.recording().times()[0] - 12 * STEP - before[before.length - 1];
    double[] moved = Arrays.stream(before).map(t -> t + shift).toArray();
    double[] times = joined(moved, issue.recording().times());
    Map<Column, double[]> values = new HashMap<>();
    Set<Column> columns = new java.util.HashSet<>(normal.values().keySet());
    columns.addAll(issue.recording().values().keySet());
    for (Column column : columns) {
      values.put(
          column,
          joined(
              normal.values().getOrDefault(column, missing(before.length)),
              issue
                  .recording()
                  .values()
                  .getOrDefault(column, missing(times.length - before.length))));
    }
    return scene(times, values, issue.noticed(), issue.target());
  }

  /// A piece of the two days without an issue as if somebody had noticed something.
  ///
  /// @param at row of the sample in which it was noticed
  /// @param length rows from two before it on
  Scene quiet(int at, int length, String target) {
    int end = Math.min(normal.times().length, at - 2 + length);
    double[] times = Arrays.copyOf(normal.times(), end);
    Map<Column, double[]> values = new HashMap<>();
    normal.values().forEach((column, all) -> values.put(column, Arrays.copyOf(all, end)));
    return scene(times, values, times[at] - STEP / 4, target);
  }

  private Scene scene(double[] times, Map<Column, double[]> values, double noticed, String target) {
    List<Track> tracks = new ArrayList<>();
    values.keySet().stream()
        .sorted(Comparator.comparing(Column::toString))
        .forEach(column ->
            tracks.add(
                new Track(
                    services.indexOf(column.service()),
                    column.metric() + " " + column.statistic(),
                    MetricNames.kind(column.metric()),
                    MetricNames.worse(column.metric()),
                    times,
                    values.getOrDefault(column, times))));
    Set<Integer> pseudo = new TreeSet<>();
    for (int s = 0; s < services.size(); s++) {
      if (isPseudo(services.get(s))) {
        pseudo.add(s);
      }
    }
    int sick = services.indexOf(target);
    return new Scene(
        services,
        pseudo,
        tracks,
        noticed,
        STEP,
        sick < 0 ? Set.of() : Set.of(sick),
        calls,
        List.of());
  }

  private static double[] missing(int length) {
    double[] missing = new double[length];
    Arrays.fill(missing, Double.NaN);
    return missing;
  }

  private static double[] joined(double[] first, double[] second) {
    double[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
