package io.grace.lab.foresight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One file of the Numenta Anomaly Benchmark with the windows in which something was wrong.
///
/// @param category the folder that it lies in
/// @param epochSeconds one a row, read as UTC
/// @param windows in the order of time; none overlap
record NabSeries(
    String category, String name, long[] epochSeconds, double[] values, List<Window> windows) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Rows `first` to `last`, both inside.
  record Window(int first, int last) {
    int width() {
      return last - first + 1;
    }

    boolean holds(int row) {
      return first <= row && row <= last;
    }
  }

  NabSeries {
    windows = List.copyOf(windows);
  }

  /// The rows at the start in which a detector may learn, and is not scored.
  int probation() {
    return Math.min((int) (0.15 * values.length), 750);
  }

  /// Every series of the folder, in the order of category and name.
  static List<NabSeries> all(Path folder) throws IOException {
    JsonNode labels = JSON.readTree(folder.resolve("labels/combined_windows.json").toFile());
    List<Path> files;
    try (var walk = Files.walk(folder.resolve("data"))) {
      files = walk.filter(file -> file.toString().endsWith(".csv")).sorted().toList();
    }
    List<NabSeries> all = new ArrayList<>();
    for (Path file : files) {
      all.add(read(file, labels));
    }
    return List.copyOf(all);
  }

  private static NabSeries read(Path file, JsonNode labels) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int rows = lines.size() - 1;
    long[] times = new long[rows];
    double[] values = new double[rows];
    for (int i = 0; i < rows; i++) {
      String[] cells = lines.get(i + 1).split(",", -1);
      times[i] = epochSecond(cells[0]);
      values[i] = cells[1].isBlank() ? Double.NaN : Double.parseDouble(cells[1]);
    }
    String category = file.getName(file.getNameCount() - 2).toString();
    String name = file.getName(file.getNameCount() - 1).toString();
    List<Window> windows = new ArrayList<>();
    for (JsonNode pair : labels.path(category + "/" + name)) {
      windows.add(
          window(times, epochSecond(pair.get(0).asString()), epochSecond(pair.get(1).asString())));
    }
    return new NabSeries(category, name, times, values, windows);
  }

  private static Window window(long[] times, long from, long to) {
    int first = times.length;
    int last = -1;
    for (int i = 0; i < times.length; i++) {
      if (times[i] >= from && times[i] <= to) {
        first = Math.min(first, i);
        last = i;
      }
    }
    if (last < first) {
      throw new IllegalArgumentException("a window must hold a row: " + from + " to " + to);
    }
    return new Window(first, last);
  }

  private static long epochSecond(String text) {
    return LocalDateTime.parse(text.substring(0, 19), TIME).toEpochSecond(ZoneOffset.UTC);
  }
}
