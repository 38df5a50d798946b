package io.grace.app;

/// Webhooks as Alertmanager's documentation shows them.
final class Deliveries {
  private Deliveries() {}

  static String firing(String name) {
    return delivery(name, "firing", "0001-01-01T00:00:00Z");
  }

  static String resolved(String name) {
    return delivery(name, "resolved", "2026-11-20T10:15:00Z");
  }

  private static String delivery(String name, String status, String endsAt) {
    return """
    {"receiver":"grace","status":"%2$s","alerts":[{"status":"%2$s","labels":{"alertname":"%1$s",\
    "service":"orders","severity":"critical","instance":"10.0.0.7:9100"},"annotations":{"summary":\
    "%1$s of orders"},"startsAt":"2026-11-20T10:13:30.123Z","endsAt":"%3$s","generatorURL":\
    "http://prometheus:9090/graph?g0.expr=up","fingerprint":"e1a2b3c4d5e6f708"}],"groupLabels":\
    {"alertname":"%1$s"},"commonLabels":{"alertname":"%1$s"},"commonAnnotations":{},"externalURL":\
    "http://alertmanager:9093","version":"4","groupKey":"{}:{alertname=\\"%1$s\\"}",\
    "truncatedAlerts":0}\
    """
        .formatted(name, status, endsAt);
  }
}
