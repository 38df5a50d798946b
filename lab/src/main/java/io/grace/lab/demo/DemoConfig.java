package io.grace.lab.demo;

import io.grace.lab.service.ServiceCommand;
import io.grace.lab.service.ServiceInstance;
import io.grace.lab.service.ServiceName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The `grace.yaml` for the lab's services: an ordinary configuration, such as a user would write.
public final class DemoConfig {
  private static final Map<ServiceName, List<ServiceName>> CALLS =
      new TreeMap<>(
          Map.of(
              ServiceName.GATEWAY, List.of(ServiceName.ORDERS),
              ServiceName.ORDERS, List.of(ServiceName.INVENTORY, ServiceName.PAYMENTS),
              ServiceName.INVENTORY, List.of(ServiceName.CACHE),
              ServiceName.PAYMENTS, List.of(),
              ServiceName.CACHE, List.of()));

  private DemoConfig() {}

  /// @param dir the lab's directory
  /// @param token a file with the admin's token
  /// @param parent the process with which the services end
  static String yaml(Path dir, String mode, int port, Path token, long parent) {
    var yaml = new StringBuilder(head(dir, mode, port, token));
    services(yaml);
    telemetry(yaml, dir);
    providers(yaml, dir, parent);
    return yaml.toString();
  }

  /// All but what is watched and what may be done.
  static String head(Path dir, String mode, int port, Path token) {
    return """
    apiVersion: grace/v1
    mode: %s
    server: {host: 127.0.0.1, port: %d}
    store: {sqlite: %s}
    keys: %s
    state_dir: %s
    tokens:
      - {name: demo, role: admin, secret: "file:%s"}
    meta: {cycle_seconds: 30}
    calendar: {change_windows: always}
    # The fleet is small, so a share of it is soon large.
    limits: {proposals_per_hour: 10, blast_radius: 3, blast_radius_percent: 60, stale_after: 10s}
    """
        .formatted(
            mode,
            port,
            quoted(dir.resolve("grace.db")),
            quoted(dir.resolve("keys")),
            quoted(dir),
            token);
  }

  static void services(StringBuilder yaml) {
    yaml.append("services:\n");
    CALLS.forEach((service, calls) -> {
      yaml.append("  ").append(id(service)).append(":\n");
      yaml.append("    depends_on: [")
          .append(String.join(", ", calls.stream().map(DemoConfig::id).toList()))
          .append("]\n");
      // Whoever calls others waits, so that their fault can show first.
      yaml.append("    settle: ").append(calls.isEmpty() ? "0s" : "4s").append('\n');
      if (service == ServiceName.ORDERS) {
        yaml.append("    playbooks: {rollback_flag: {flag: new_pricing}}\n");
      }
    });
  }

  private static void telemetry(StringBuilder yaml, Path dir) {
    String registry = quoted(dir.resolve("registry"));
    yaml.append("telemetry:\n  http_probes:\n");
    for (ServiceName service : CALLS.keySet()) {
      yaml.append(
          "    - {service: %s, registry: %s, path: /health, interval: 1s, timeout: 900ms}\n"
              .formatted(id(service), registry));
    }
    yaml.append("  prometheus:\n");
    for (ServiceName service : CALLS.keySet()) {
      yaml.append(
          """
              - service: %s
                registry: %s
                path: /metrics
                interval: 1s
                timeout: 900ms
                derive:
                  - {metric: latency_ms, quantile: {of: http_request_duration_seconds, q: 0.95}, scale: 1000}
                  - {metric: error_ratio, ratio: {of: 'http_requests_total{code="5xx"}', to: http_requests_total}}
                  - {metric: flag_active, gauge: 'feature_flag{flag="new_pricing"}'}
                  - {metric: breaker_open, gauge: breaker_open}
                  - {metric: cache_hit_ratio, gauge: cache_hit_ratio}
          """
              .formatted(id(service), registry));
    }
  }

  /// What may be done to the services; `exec` may be added behind it.
  public static void providers(StringBuilder yaml, Path dir, long parent) {
    yaml.append("providers:\n  process:\n    services:\n");
    for (ServiceName service : CALLS.keySet()) {
      yaml.append(
          """
                %s:
                  command: [%s]
                  directory: %s
                  min_instances: 1
                  max_instances: 3
                  stop_timeout: 2s
                  readiness: "http://127.0.0.1:{port}/health"
          """
              .formatted(id(service), command(service, dir, parent), quoted(dir)));
    }
    yaml.append("  http:\n");
    call(yaml, dir, "toggle_flag", "/admin/flags/{flag}?state={state}", CALLS.keySet());
    call(
        yaml,
        dir,
        "set_logging_level",
        "/admin/loglevel?level={level}&ttl_min={ttl_min}",
        CALLS.keySet());
    call(yaml, dir, "warm_cache", "/admin/cache/warm", Set.of(ServiceName.INVENTORY));
    call(yaml, dir, "reset_breakers", "/admin/breakers/reset", Set.of(ServiceName.ORDERS));
  }

  private static void call(
      StringBuilder yaml, Path dir, String action, String path, Set<ServiceName> targets) {
    var where = new ArrayList<String>();
    for (ServiceName target : targets) {
      where.add(id(target) + ": {registry: " + quoted(dir.resolve("registry")) + "}");
    }
    yaml.append(
        """
            - action: %s
              method: POST
              path: "%s"
              targets: {%s}
              impact: low
              timeout: 5s
        """
            .formatted(action, path, String.join(", ", where)));
  }

  private static String command(ServiceName service, Path dir, long parent) {
    List<String> command =
        new ArrayList<>(
            ServiceCommand.service(
                ServiceCommand.classpath(), new ServiceInstance(service, 1), dir, 0, parent));
    command.set(command.indexOf("--instance") + 1, "{instance}");
    return String.join(", ", command.stream().map(DemoConfig::quoted).toList());
  }

  public static String quoted(Path path) {
    return quoted(path.toString());
  }

  /// Double quotes with escapes, for any path.
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String id(ServiceName service) {
    return service.name().toLowerCase(Locale.ROOT);
  }
}
