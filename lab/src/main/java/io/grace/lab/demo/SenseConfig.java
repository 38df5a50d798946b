package io.grace.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The `grace.yaml` of [SenseDemo]: GRACE measures nothing itself, and hears what people have
/// already.
final class SenseConfig {
  /// Verified by what Prometheus says, which by itself tells nothing of health here.
  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: restart_alerted
      version: 1
      title: Restart what an alert says is down
      treats: [service_down]
      parameters: {}
      steps:
        - name: restart
          action: restart_service
          timeout: 30s
          undo: {not_needed: "a restart changes nothing that lasts"}
      verification:
        checks: ["reachable >= 1"]
        stabilisation: 2s
        samples: 2
        failures: 20
        timeout: 60s
      impact: medium
      prior: 0.8
      timeout: 3m
      """;

  private SenseConfig() {}

  /// By alerts alone: PromQL only tells whether a cure helped.
  static String webhook(Path dir, int port, long parent, Path secret, String prometheus)
      throws IOException {
    Path playbook = Files.writeString(dir.resolve("restart_alerted.yaml"), PLAYBOOK);
    return DemoConfig.head(dir, "autonomous", port, dir.resolve("token"))
        + "playbooks: ["
        + DemoConfig.quoted(playbook)
        + "]\n"
        + """
        sources:
          - name: alertmanager
            kind: alertmanager
            auth: {bearer: "file:%s"}
            fingerprint: [alertname, service]
            diagnose: {ServiceDown: service_down}
        telemetry:
          stores:
            - name: prometheus
              url: %s
              timeout: 2s
              signals:
                - {metric: reachable, query: 'max by (service) (up{job="lab"})', step: 1s}
        """
            .formatted(secret, prometheus)
        + rest(dir, parent);
  }

  /// By PromQL alone.
  static String polling(Path dir, int port, long parent, String prometheus) {
    return DemoConfig.head(dir, "autonomous", port, dir.resolve("token"))
        + """
        telemetry:
          stores:
            - name: prometheus
              url: %s
              timeout: 2s
              signals:
                - {metric: up, query: 'max by (service) (up{job="lab"})', step: 1s}
                - metric: latency_ms
                  query: 'histogram_quantile(0.95, sum by (service, le) (rate(http_request_duration_seconds_bucket[5s])))'
                  scale: 1000
                  step: 1s
                - metric: error_ratio
                  query: >-
                    (sum by (service) (rate(http_requests_total{code="5xx"}[5s])))
                    / (sum by (service) (rate(http_requests_total[5s])) > 0)
                  step: 1s
        slos:
          - id: payments-availability
            service: payments
            store: prometheus
            objective: 0.99
            window: 10m
            errors: 'sum(increase(http_requests_total{service="payments",code="5xx"}[$window]))'
            total: 'sum(increase(http_requests_total{service="payments"}[$window]))'
            interval: 2s
            alerts: [{burn: 2, long: 1m, short: 10s, alarm: page}]
        """
            .formatted(prometheus)
        + rest(dir, parent);
  }

  private static String rest(Path dir, long parent) {
    var yaml = new StringBuilder();
    DemoConfig.services(yaml);
    DemoConfig.providers(yaml, dir, parent);
    return yaml.toString();
  }
}
