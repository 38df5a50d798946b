package io.grace.lab.foresight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A public series to forecast: its rows in the order of the file.
///
/// @param seconds of the epoch, the zone taken for UTC
record ForecastSeries(String name, long[] seconds, double[] values) {
  private static final int DATE_TIME = "2020-11-01 00:00:00".length();

  /// The files of the Numenta Anomaly Benchmark, in order of their names.
  static List<ForecastSeries> nab(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder.resolve("data"))) {
      files = found.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
    }
    var all = new ArrayList<ForecastSeries>();
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).replace(".csv", "");
      all.add(column(name, Files.readAllLines(file), 1));
    }
    return all;
  }

  /// The performance indicators of the order-to-cash system, without its two columns of events.
  static List<ForecastSeries> orderToCash(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("L2C.csv"));
    String[] names = lines.getFirst().split(",", -1);
    var all = new ArrayList<ForecastSeries>();
    for (int i = 1; i < names.length; i++) {
      if (!names[i].contains("not available") && !names[i].contains("Unable to")) {
        all.add(column(names[i].replace("activity_", ""), lines, i));
      }
    }
    return all;
  }

  private static ForecastSeries column(String name, List<String> lines, int column) {
    int rows = lines.size() - 1;
    long[] seconds = new long[rows];
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      var at = LocalDateTime.parse(cells[0].substring(0, DATE_TIME).replace(' ', 'T'));
      seconds[i] = at.toEpochSecond(ZoneOffset.UTC);
      values[i] = cells[column].isEmpty() ? Double.NaN : Double.parseDouble(cells[column]);
    }
    return new ForecastSeries(name, seconds, values);
  }
}
