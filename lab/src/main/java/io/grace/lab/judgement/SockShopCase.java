package io.grace.lab.judgement;

import io.grace.intelligence.cause.Scene;
import io.grace.intelligence.cause.Track;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// One fault injected into Sock Shop: the metrics of a few minutes before and after, once a second.
///
/// @param service the true cause
/// @param fault such as `cpu` or `mem`
/// @param columns names as in the file, one a series
/// @param values one row a series
/// @param begin the first second of the fault
record SockShopCase(
    String service, String fault, List<String> columns, double[][] values, int begin) {

  /// How late GRACE's detectors are held to be at the worst, in seconds; nothing of the data.
  private static final double LATENESS = 90;

  static List<SockShopCase> all(Path folder) throws IOException {
    List<SockShopCase> cases = new ArrayList<>();
    for (Path kind : sorted(folder)) {
      for (Path repetition : sorted(kind)) {
        if (Files.exists(repetition.resolve("normal.csv"))) {
          cases.add(read(kind.getFileName().toString(), repetition));
        }
      }
    }
    return cases;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(Files::isDirectory).sorted(Comparator.naturalOrder()).toList();
    }
  }

  private static SockShopCase read(String name, Path folder) throws IOException {
    List<String> normal = Files.readAllLines(folder.resolve("normal.csv"));
    List<String> anomalous = Files.readAllLines(folder.resolve("anomalous.csv"));
    String[] header = normal.getFirst().split(",", -1);
    List<String[]> rows = new ArrayList<>();
    normal.stream().skip(1).map(line -> line.split(",", -1)).forEach(rows::add);
    int begin = rows.size();
    anomalous.stream().skip(1).map(line -> line.split(",", -1)).forEach(rows::add);
    List<String> columns = new ArrayList<>();
    List<double[]> values = new ArrayList<>();
    for (int c = 0; c < header.length; c++) {
      String column = header[c];
      if (column.equals("time") || column.endsWith("_lat_50") || column.endsWith("_lat_99")) {
        continue;
      }
      columns.add(column);
      values.add(filled(rows, c));
    }
    int dash = name.lastIndexOf('-');
    return new SockShopCase(
        name.substring(0, dash),
        name.substring(dash + 1),
        columns,
        values.toArray(double[][]::new),
        begin);
  }

  /// Gaps keep the value before, and are 0 at the start, as published figures have it.
  private static double[] filled(List<String[]> rows, int column) {
    double[] values = new double[rows.size()];
    double last = 0;
    for (int i = 0; i < values.length; i++) {
      String text = column < rows.get(i).length ? rows.get(i)[column] : "";
      if (!text.isBlank()) {
        double value = Double.parseDouble(text);
        last = Double.isNaN(value) ? last : value;
      }
      values[i] = last;
    }
    return values;
  }

  /// @param column such as `carts-db_cpu`
  static String serviceOf(String column) {
    String owner = column.substring(0, column.indexOf('_'));
    return owner.endsWith("-db") ? owner.substring(0, owner.length() - 3) : owner;
  }

  static String metricOf(String column) {
    return column.substring(column.indexOf('_') + 1);
  }

  List<String> services() {
    return columns.stream().map(SockShopCase::serviceOf).distinct().sorted().toList();
  }

  /// @param delay seconds after the fault at which it is noticed
  Scene scene(int delay) {
    List<String> services = services();
    double[] seconds = new double[values[0].length];
    Arrays.setAll(seconds, i -> i);
    List<Track> tracks = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      String metric = metricOf(columns.get(c));
      tracks.add(
          new Track(
              services.indexOf(serviceOf(columns.get(c))),
              metric,
              MetricNames.kind(metric),
              MetricNames.worse(metric),
              seconds,
              values[c]));
    }
    return new Scene(
        services,
        Set.of(),
        tracks,
        (double) begin + delay,
        LATENESS,
        Set.of(),
        List.of(),
        List.of());
  }
}
