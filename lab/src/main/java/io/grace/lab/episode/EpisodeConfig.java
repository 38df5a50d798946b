package io.grace.lab.episode;

import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// The file of somebody who lets GRACE act on forecasts.
final class EpisodeConfig {
  private static final String FILE =
      """
      apiVersion: grace/v1
      mode: autonomous
      calendar: {change_windows: always}
      metrics:
        memory_ratio: {foresee: true}
        disk_used_ratio: {unit: ratio, direction: higher_is_worse, degraded: 0.9, critical: 0.97, foresee: true}
        queue_age_s: {unit: s, direction: higher_is_worse, degraded: 300, critical: 1800, foresee: true}
      triage:
        memory_leak: memory_ratio > 0.85
        disk_full: disk_used_ratio >= 0.9
        queue_backlog: queue_age_s > 300
      services: {app: {}, host: {}, worker: {}}
      playbooks: [playbooks]
      providers:
        exec:
          - {action: recycle, program: /bin/true, args: [], services: [app], impact: low, reversible: true, timeout: 60s}
          - {action: make_room, program: /bin/true, args: [], services: [host], impact: low, reversible: true, timeout: 60s}
          - {action: add_consumer, program: /bin/true, args: [], services: [worker], impact: low, reversible: true, timeout: 60s}
      """;

  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: %1$s
      version: 1
      title: Before it hurts
      treats: [%1$s]
      preconditions: ["%3$s || %4$s"]
      steps:
        - {name: act, action: %2$s, timeout: 1m, undo: {not_needed: nothing is taken away}}
      verification:
        checks: ["!(%3$s)"]
        stabilisation: 1m
        samples: 3
        failures: 20
        timeout: 9m
      impact: low
      prior: 0.8
      timeout: 15m
      """;

  private EpisodeConfig() {}

  /// @param dir empty; the files are written there
  static Config write(Path dir) throws IOException {
    Path playbooks = Files.createDirectories(dir.resolve("playbooks"));
    write(playbooks, "memory_leak", "recycle", "memory_ratio", "> 0.85");
    write(playbooks, "disk_full", "make_room", "disk_used_ratio", ">= 0.9");
    write(playbooks, "queue_backlog", "add_consumer", "queue_age_s", "> 300");
    Path file = Files.writeString(dir.resolve("grace.yaml"), FILE);
    return switch (ConfigLoader.load(file, Map.of())) {
      case Loaded.Valid(Config config) -> config;
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private static void write(Path dir, String id, String action, String metric, String beyond)
      throws IOException {
    Files.writeString(
        dir.resolve(id + ".yaml"),
        PLAYBOOK.formatted(id, action, metric + " " + beyond, metric + "_ahead " + beyond));
  }
}
