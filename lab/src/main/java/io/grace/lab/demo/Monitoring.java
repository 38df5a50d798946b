package io.grace.lab.demo;

import io.grace.core.model.ServiceId;
import io.grace.lab.service.ServiceName;
import io.grace.runtime.process.InstanceRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A real Prometheus that scrapes the lab, and a real Alertmanager behind it, both on loopback.
/// *Thread-safe.*
final class Monitoring implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);

  /// As Debian and as the projects themselves call them.
  private static final List<String> ALERTMANAGER =
      List.of("prometheus-alertmanager", "alertmanager");

  private static final String RULES =
      """
      groups:
        - name: lab
          interval: 1s
          rules:
            - alert: ServiceDown
              expr: max by (service) (up{job="lab"}) == 0
              for: 1s
              labels: {severity: critical}
              annotations: {summary: "{{ $labels.service }} does not answer its scrapes"}
      """;

  private final Path dir;
  private final InstanceRegistry registry;
  private final Map<ServiceName, Collection<Integer>> ports = new TreeMap<>();
  private final ScheduledExecutorService targets = Executors.newSingleThreadScheduledExecutor();
  private final List<Process> processes = new ArrayList<>();
  private final int prometheusPort;

  private Monitoring(Path dir, int prometheusPort) {
    this.dir = dir;
    this.registry = new InstanceRegistry(dir.resolve("registry"));
    this.prometheusPort = prometheusPort;
  }

  /// What is missing on this machine; empty if both servers are there.
  static Optional<String> missing() {
    if (program(List.of("prometheus")).isEmpty()) {
      return Optional.of("prometheus");
    }
    return program(ALERTMANAGER).isEmpty() ? Optional.of("alertmanager") : Optional.empty();
  }

  /// @param webhook where alerts go; without it there is no Alertmanager
  /// @param secret a file with the bearer token for it
  static Monitoring start(Path dir, Optional<String> webhook, Path secret)
      throws IOException, InterruptedException {
    var monitoring = new Monitoring(dir, Demo.freePort());
    try {
      monitoring.begin(webhook, secret);
      return monitoring;
    } catch (IOException | InterruptedException e) {
      monitoring.close();
      throw e;
    }
  }

  String prometheus() {
    return "http://127.0.0.1:" + prometheusPort;
  }

  private void begin(Optional<String> webhook, Path secret)
      throws IOException, InterruptedException {
    writeTargets();
    var _ = targets.scheduleWithFixedDelay(this::keepTargets, 200, 200, TimeUnit.MILLISECONDS);
    String alerting = "";
    if (webhook.isPresent()) {
      int port = Demo.freePort();
      alertmanager(port, webhook.get(), secret);
      Path rules = Files.writeString(dir.resolve("rules.yml"), RULES);
      check("promtool", "check", "rules", rules.toString());
      alerting =
          """
          rule_files: [%s]
          alerting:
            alertmanagers:
              - static_configs: [{targets: ["127.0.0.1:%d"]}]
          """
              .formatted(rules, port);
    }
    Path prometheus =
        Files.writeString(
            dir.resolve("prometheus.yml"),
            alerting
                + """
                global: {scrape_interval: 1s, scrape_timeout: 900ms, evaluation_interval: 1s}
                scrape_configs:
                  - job_name: lab
                    file_sd_configs: [{files: [%s], refresh_interval: 1s}]
                """
                    .formatted(dir.resolve("targets.json")));
    check("promtool", "check", "config", prometheus.toString());
    run(
        "prometheus",
        program(List.of("prometheus")).orElseThrow(),
        "--config.file=" + prometheus,
        "--storage.tsdb.path=" + dir.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:" + prometheusPort);
    awaitReady(prometheus() + "/-/ready");
  }

  private void alertmanager(int port, String webhook, Path secret)
      throws IOException, InterruptedException {
    Path alertmanager =
        Files.writeString(
            dir.resolve("alertmanager.yml"),
            """
            route: {receiver: grace, group_by: [alertname, service], group_wait: 1s, group_interval: 1s, repeat_interval: 1m}
            receivers:
              - name: grace
                webhook_configs:
                  - url: %s
                    send_resolved: true
                    http_config:
                      authorization: {type: Bearer, credentials_file: %s}
            """
                .formatted(webhook, secret));
    check("amtool", "check-config", alertmanager.toString());
    run(
        "alertmanager",
        program(ALERTMANAGER).orElseThrow(),
        "--config.file=" + alertmanager,
        "--storage.path=" + dir.resolve("alertmanager"),
        "--cluster.listen-address=",
        "--web.listen-address=127.0.0.1:" + port);
    awaitReady("http://127.0.0.1:" + port + "/-/ready");
  }

  private static Optional<String> program(List<String> names) {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      for (String name : names) {
        Path file = Path.of(directory, name);
        if (Files.isExecutable(file)) {
          return Optional.of(file.toString());
        }
      }
    }
    return Optional.empty();
  }

  /// A tool that says whether a file is right, where it is installed.
  private void check(String... command) throws IOException, InterruptedException {
    var tool = program(List.of(command[0]));
    if (tool.isEmpty()) {
      return;
    }
    var all = new ArrayList<>(List.of(command));
    all.set(0, tool.get());
    Path log = dir.resolve(command[0] + ".log");
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(CHECK_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException(String.join(" ", command) + ":\n" + Files.readString(log));
    }
  }

  /// Under a shell that waits for this process, so that a server never outlives it.
  private void run(String name, String... command) throws IOException {
    var all =
        new ArrayList<>(
            List.of(
                "/bin/sh",
                "-c",
                "\"$@\" & child=$!; trap 'kill $child 2>/dev/null' TERM INT EXIT;"
                    + " while kill -0 $PPID 2>/dev/null && kill -0 $child 2>/dev/null;"
                    + " do sleep 1 & wait $!; done",
                name));
    all.addAll(List.of(command));
    processes.add(
        new ProcessBuilder(all)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve(name + ".log").toFile())
            .start());
  }

  private void awaitReady(String url) throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (System.nanoTime() < end) {
      try {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(1000);
        connection.setReadTimeout(1000);
        if (connection.getResponseCode() == 200) {
          try (InputStream in = connection.getInputStream()) {
            in.readAllBytes();
          }
          return;
        }
      } catch (IOException _) {
        // Not listening yet.
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    throw new IOException(
        url + " is not ready after " + START_LIMIT.toSeconds() + " s; see " + dir);
  }

  private void keepTargets() {
    try {
      writeTargets();
    } catch (IOException _) {
      // The next time, in a moment.
    }
  }

  /// Where the services listen now. One that is gone keeps its last place, so that Prometheus sees
  /// that it does not answer.
  private void writeTargets() throws IOException {
    var groups = new ArrayList<String>();
    for (ServiceName service : ServiceName.values()) {
      Collection<Integer> found = registry.ports(new ServiceId(service.id())).values();
      if (!found.isEmpty()) {
        ports.put(service, List.copyOf(found));
      }
      for (int port : ports.getOrDefault(service, List.of())) {
        groups.add(
            "{\"targets\":[\"127.0.0.1:%d\"],\"labels\":{\"service\":\"%s\",\"instance\":\"%s\"}}"
                .formatted(port, service.id(), service.id()));
      }
    }
    Path next =
        Files.writeString(dir.resolve("targets.next"), "[" + String.join(",", groups) + "]");
    Files.move(
        next,
        dir.resolve("targets.json"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    targets.shutdownNow();
    for (Process process : processes.reversed()) {
      process.destroy();
    }
    for (Process process : processes) {
      try {
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
