package io.grace.lab.judgement;

import io.grace.core.policy.Policy;
import io.grace.core.spi.Journal;
import io.grace.lab.bench.Report;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// Whether the whole loop learns from a wrong default within five incidents.
public final class LoopLearningBench {
  private static final int INCIDENTS = 5;
  private static final int WORLDS = 100;

  private static final String FILE =
      """
      apiVersion: grace/v1
      mode: autonomous
      calendar: {change_windows: always}
      learning: {enabled: %s, exploration: %s}
      services: {web-a: {}, web-b: {}}
      playbooks: [playbooks]
      providers:
        exec:
          - {action: clear_cache, program: /bin/true, args: [], services: [web-a, web-b], impact: low, reversible: true, timeout: 60s}
          - {action: restart, program: /bin/true, args: [], services: [web-a, web-b], impact: low, reversible: true, timeout: 60s}
          - {action: scale_out, program: /bin/true, args: [], services: [web-a, web-b], impact: low, reversible: true, timeout: 60s}
      """;

  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: %1$s
      version: 1
      title: Against latency
      treats: [latency_spike]
      steps:
        - {name: act, action: %1$s, timeout: 1m, undo: {not_needed: nothing is taken away}}
      verification:
        checks: ["latency_ms < 500"]
        stabilisation: 15s
        samples: 3
        failures: 5
        timeout: 3m
      impact: low
      prior: %2$s
      timeout: 6m
      """;

  private LoopLearningBench() {}

  public static void measure(Report report, boolean quick) throws Exception {
    int worlds = quick ? WORLDS / 5 : WORLDS;
    report.note(
        "by default clear_cache comes first (prior .7, really %.2f), then restart (.5, %.2f), then"
            + " scale_out (.4, %.2f);",
        helps("clear_cache"), helps("restart"), helps("scale_out"));
    report.note("two services of one kind in turn, %d incidents, %d worlds", INCIDENTS, worlds);
    Path dir = Files.createTempDirectory("grace-learning");
    try {
      double still = share(policy(dir, false, 0), worlds, report, "static");
      double learnt = share(policy(dir, true, 0), worlds, report, "learnt, best first");
      double explored = share(policy(dir, true, 0.02), worlds, report, "learnt, exploring");
      report.promise(
          learnt > still && explored > still,
          "first try helps more often within five incidents than by the static ranking:"
              + " %.2f and %.2f > %.2f",
          learnt,
          explored,
          still);
    } finally {
      delete(dir);
    }
  }

  private static double helps(String playbook) {
    return WrongDefault.HELPS.getOrDefault(playbook, 0.0);
  }

  /// The share of incidents in which what was tried first helped.
  private static double share(Policy policy, int worlds, Report report, String name)
      throws Journal.Unavailable {
    var helped = new double[INCIDENTS];
    for (int seed = 0; seed < worlds; seed++) {
      List<Boolean> one = new WrongDefault(policy, seed).play(INCIDENTS);
      for (int i = 0; i < INCIDENTS; i++) {
        helped[i] += one.get(i) ? 1.0 / worlds : 0;
      }
    }
    double sum = 0;
    var row = new StringBuilder();
    for (double h : helped) {
      sum += h;
      row.append(String.format(Locale.ROOT, " %5.2f", h));
    }
    report.note("%-20s by incident%s   all %.2f", name, row, sum / INCIDENTS);
    return sum / INCIDENTS;
  }

  static Policy policy(Path dir, boolean learns, double exploration) throws IOException {
    Path playbooks = Files.createDirectories(dir.resolve("playbooks"));
    write(playbooks, "clear_cache", 0.7);
    write(playbooks, "restart", 0.5);
    write(playbooks, "scale_out", 0.4);
    Path file = Files.writeString(dir.resolve("grace.yaml"), FILE.formatted(learns, exploration));
    return switch (ConfigLoader.load(file, Map.of())) {
      case Loaded.Valid(Config config) -> config.policy();
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private static void write(Path dir, String id, double prior) throws IOException {
    Files.writeString(dir.resolve(id + ".yaml"), PLAYBOOK.formatted(id, prior));
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
