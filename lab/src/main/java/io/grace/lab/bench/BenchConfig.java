package io.grace.lab.bench;

import io.grace.core.model.ServiceId;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An ordinary `grace.yaml` for any number of services: autonomous, windows always open, limits so
/// wide that they do not interfere, and one playbook whose only step is one fast HTTP call.
///
/// @param file the configuration; everything that GRACE writes is beside it
/// @param services how many, at most 2,000
/// @param port where GRACE listens
record BenchConfig(Path file, int services, int port) {
  static final String TOKEN = "bench-only-on-loopback-7c1f0a5e9d3b42688e";

  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: touch
      version: 1
      title: Touch the service
      treats: [latency_spike]
      steps:
        - name: touch
          action: touch
          timeout: 60s
          undo: {not_needed: nothing is changed}
      verification:
        checks: ["latency_ms < 1000"]
        stabilisation: 0s
        samples: 1
        failures: 60
        timeout: 2m
      impact: low
      prior: 0.9
      timeout: 5m
      """;

  /// @param touched a base URL that takes the calls
  /// @param probes whether every service is probed and scraped there each second
  static BenchConfig write(Path dir, int services, String touched, boolean probes)
      throws IOException {
    return write(dir, services, touched, probes, "");
  }

  /// @param more further sections of the file
  static BenchConfig write(Path dir, int services, String touched, boolean probes, String more)
      throws IOException {
    int port = freePort();
    Files.createFile(
        dir.resolve("token"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(dir.resolve("token"), TOKEN);
    Files.writeString(dir.resolve("touch.yaml"), PLAYBOOK);
    var config = new BenchConfig(dir.resolve("grace.yaml"), services, port);
    Files.writeString(config.file(), config.yaml(dir, touched, probes) + more);
    return config;
  }

  private String yaml(Path dir, String touched, boolean probes) {
    var yaml = new StringBuilder();
    yaml.append(
        """
        apiVersion: grace/v1
        mode: autonomous
        server: {host: 127.0.0.1, port: %d}
        store: {sqlite: grace.db}
        keys: keys
        state_dir: state
        tokens:
          - {name: bench, role: admin, secret: "file:%s"}
        calendar: {change_windows: always}
        limits:
          proposals_per_hour: 60
          blast_radius: 100
          blast_radius_percent: 100
          broken: 10000
          broken_percent: 100
          attempts: 60
          attempt_window: 1h
          reopen_within: 0s
        playbooks: [touch.yaml]
        """
            .formatted(port, dir.resolve("token")));
    yaml.append("services:\n");
    ids().forEach(id -> yaml.append("  ").append(id).append(": {settle: 0s}\n"));
    yaml.append("providers:\n  http:\n    - action: touch\n      path: /touch\n");
    yaml.append("      impact: low\n      timeout: 10s\n      targets:\n");
    ids().forEach(id -> yaml.append("        %s: {urls: [\"%s\"]}\n".formatted(id, touched)));
    if (probes) {
      telemetry(yaml, touched);
    }
    return yaml.toString();
  }

  private void telemetry(StringBuilder yaml, String touched) {
    yaml.append("telemetry:\n  http_probes:\n");
    ids()
        .forEach(id ->
            yaml.append(
                "    - {service: %s, urls: [\"%s\"], path: /health, interval: 1s, timeout: 900ms}\n"
                    .formatted(id, touched)));
    yaml.append("  prometheus:\n");
    ids()
        .forEach(id ->
            yaml.append(
                "    - {service: %s, urls: [\"%s\"], path: /metrics, interval: 1s, timeout: 900ms, derive: [{metric: cpu_ratio, gauge: cpu}]}\n"
                    .formatted(id, touched)));
  }

  List<ServiceId> ids() {
    return ids(services);
  }

  static List<ServiceId> ids(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ServiceId("service-" + i))
        .collect(Collectors.toUnmodifiableList());
  }

  Config load() throws IOException {
    return switch (ConfigLoader.load(file, Map.of())) {
      case Loaded.Valid(Config config) -> config;
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
