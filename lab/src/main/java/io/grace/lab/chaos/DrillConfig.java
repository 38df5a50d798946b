package io.grace.lab.chaos;

import io.grace.lab.demo.DemoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The configuration of the drill: quick measurements, generous limits, and steps that are slow
/// enough to be killed in.
final class DrillConfig {
  /// A step that takes a while and then leaves its mark, whatever became of GRACE meanwhile. It
  /// does not look whether the mark is there: a repeated step shows as a second line.
  private static final String PROGRAM =
      """
      #!/bin/sh
      set -eu
      sleep "$2"
      now=$(date +%s%6N)
      case $now in *N*) now=$(date +%s)999999 ;; esac
      printf '%s\\tdrill\\t%s\\t%s\\n' "$now" "$1" "$GRACE_IDEMPOTENCY_KEY" >>"$DRILL_EFFECTS"
      """;

  private DrillConfig() {}

  /// Writes all that `grace serve` needs into `dir`.
  ///
  /// @return the configuration file
  static Path write(Path dir, int port, Path token, long parent) throws IOException {
    Path program = dir.resolve("drill-step");
    Files.writeString(program, PROGRAM);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path playbooks = Files.createDirectory(dir.resolve("playbooks"));
    for (Phase phase : Phase.values()) {
      Files.writeString(playbooks.resolve(phase.id() + ".yaml"), DrillPlaybooks.yaml(phase));
    }
    Path file = dir.resolve("grace.yaml");
    Files.writeString(file, yaml(dir, port, token, parent, program));
    return file;
  }

  private static String yaml(Path dir, int port, Path token, long parent, Path program) {
    var yaml = new StringBuilder();
    yaml.append(
        """
        apiVersion: grace/v1
        mode: autonomous
        server: {host: 127.0.0.1, port: %d}
        store: {sqlite: %s}
        keys: %s
        state_dir: %s
        tokens:
          - {name: drill, role: admin, secret: "file:%s"}
        calendar: {change_windows: always}
        limits:
          proposals_per_hour: 1000
          attempts: 1000
          backoff_base: 1s
          backoff_max: 1s
          backoff_jitter: 0
          blast_radius_percent: 60
          stale_after: 10s
          reopen_within: 0s
        playbooks: [playbooks]
        """
            .formatted(
                port,
                DemoConfig.quoted(dir.resolve("grace.db")),
                DemoConfig.quoted(dir.resolve("keys")),
                DemoConfig.quoted(dir),
                token));
    for (String section : new String[] {"metrics", "triage", "services"}) {
      yaml.append(section).append(":\n");
      for (Phase phase : Phase.values()) {
        yaml.append("  ").append(line(section, phase)).append('\n');
      }
    }
    telemetry(yaml, dir);
    DemoConfig.providers(yaml, dir, parent);
    yaml.append(
        """
          exec:
            - action: drill_step
              program: %s
              args: ["{mark}", "{seconds}"]
              services: [gateway, orders, inventory, payments, cache]
              parameters:
                mark: {type: text, matching: "^[a-z]+$"}
                seconds: {type: decimal, min: 0, max: 10}
              environment: {PATH: "/usr/bin:/bin", DRILL_EFFECTS: %s}
              directory: %s
              impact: low
              reversible: true
              timeout: 10s
        """
            .formatted(
                DemoConfig.quoted(program),
                DemoConfig.quoted(dir.resolve("effects.log")),
                DemoConfig.quoted(dir)));
    return yaml.toString();
  }

  private static String line(String section, Phase phase) {
    return switch (section) {
      case "metrics" ->
          phase.id() + ": {unit: bool, direction: higher_is_worse, degraded: 0.5, critical: 1}";
      case "triage" -> phase.id() + ": " + phase.id() + " >= 1";
      default ->
          phase.service().id()
              + ": {settle: 0s, mode: "
              + (phase.isAsked() ? "approve" : "autonomous")
              + "}";
    };
  }

  /// A flag that was left on shows at once, so that a round is short.
  private static void telemetry(StringBuilder yaml, Path dir) {
    yaml.append("telemetry:\n  prometheus:\n");
    for (Phase phase : Phase.values()) {
      yaml.append(
          """
              - service: %s
                registry: %s
                path: /metrics
                interval: 400ms
                timeout: 400ms
                derive:
                  - {metric: %s, gauge: 'feature_flag{flag="new_pricing"}'}
          """
              .formatted(
                  phase.service().id(), DemoConfig.quoted(dir.resolve("registry")), phase.id()));
    }
  }
}
