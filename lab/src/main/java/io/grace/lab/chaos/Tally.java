package io.grace.lab.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What came of all rounds. Owned by the drill's thread.
final class Tally {
  private static final class Row {
    int rounds;
    final Map<String, Integer> killedAfter = new TreeMap<>();
    final Map<String, Integer> ended = new TreeMap<>();
  }

  private final Map<Phase, Row> rows = new EnumMap<>(Phase.class);
  private final List<String> violations = new ArrayList<>();

  void add(Phase phase, String killedAfter, String ended) {
    Row row = rows.computeIfAbsent(phase, _ -> new Row());
    row.rounds++;
    row.killedAfter.merge(killedAfter, 1, Integer::sum);
    row.ended.merge(ended, 1, Integer::sum);
  }

  void violation(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  void print(PrintStream out) {
    out.printf("%n%-13s %6s  %s%n", "phase", "rounds", "killed after | ended");
    rows.forEach((phase, row) ->
        out.printf(
            "%-13s %6d  %s | %s%n",
            phase.word(), row.rounds, counts(row.killedAfter), counts(row.ended)));
  }

  private static String counts(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey())
        .collect(Collectors.joining(", "));
  }
}
