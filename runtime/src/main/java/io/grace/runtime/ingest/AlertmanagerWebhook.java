package io.grace.runtime.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Alertmanager's webhook, version 4, as its documentation describes it under `webhook_config`.
/// Members that it does not describe are ignored, for newer versions add some.
final class AlertmanagerWebhook {
  /// What a group may hold; Alertmanager cuts groups itself by `max_alerts`.
  private static final int MOST_ALERTS = 10_000;

  /// @param truncated alerts of the group that Alertmanager left out
  record Delivery(List<Told> alerts, long truncated, String group) {}

  private AlertmanagerWebhook() {}

  static Delivery read(byte[] body, Instant now) throws Unreadable {
    JsonNode root = Body.object(body);
    String version = Body.text(root, "version");
    if (!version.equals("4")) {
      throw Unreadable.unacceptable(
          "version must be \"4\", Alertmanager's webhook: "
              + (version.isEmpty() ? "it is missing" : Clean.text(version, 20)));
    }
    JsonNode alerts = root.path("alerts");
    if (!alerts.isArray()) {
      throw Unreadable.malformed("alerts must be a list");
    }
    if (alerts.size() > MOST_ALERTS) {
      throw Unreadable.unacceptable(
          "a delivery has at most " + MOST_ALERTS + " alerts: " + alerts.size());
    }
    var told = new ArrayList<Told>(alerts.size());
    for (JsonNode alert : alerts) {
      told.add(told(alert, told.size(), now));
    }
    return new Delivery(
        told, Math.max(0, root.path("truncatedAlerts").asLong(0)), Body.text(root, "groupKey"));
  }

  private static Told told(JsonNode alert, int index, Instant now) throws Unreadable {
    String status = Body.text(alert, "status");
    if (!status.equals("firing") && !status.equals("resolved")) {
      throw Unreadable.malformed(
          "alerts[" + index + "].status must be firing or resolved: " + Clean.text(status, 20));
    }
    if (!alert.path("labels").isObject()) {
      throw Unreadable.malformed("alerts[" + index + "].labels must be an object");
    }
    Map<String, String> labels = Body.texts(alert.path("labels"));
    Map<String, String> annotations = Body.texts(alert.path("annotations"));
    String summary =
        annotations.getOrDefault("summary", annotations.getOrDefault("description", ""));
    return new Told(
        labels.getOrDefault("alertname", "unnamed"),
        Optional.empty(),
        "",
        status.equals("firing"),
        labels,
        summary,
        Body.time(Body.text(alert, "startsAt"), now));
  }
}
