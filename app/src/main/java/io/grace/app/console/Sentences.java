package io.grace.app.console;

import io.grace.app.Backend.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Entries of the journal as people read them.
public final class Sentences {
  private final JsonMapper json;

  Sentences(JsonMapper json) {
    this.json = json;
  }

  /// One entry, told.
  ///
  /// @param tone how it looks
  /// @param receipts what the gate's rules said, where the entry has them
  public record Line(StoredEntry entry, String text, String tone, List<Receipt> receipts) {}

  public record Receipt(String rule, String ruling, String why) {}

  List<Line> lines(List<StoredEntry> entries) {
    return entries.stream().map(this::line).toList();
  }

  Line line(StoredEntry entry) {
    JsonNode p = json.readTree(entry.payload());
    return new Line(entry, text(entry.kind(), p), tone(entry.kind(), p), receipts(p));
  }

  JsonNode payload(StoredEntry entry) {
    return json.readTree(entry.payload());
  }

  private static List<Receipt> receipts(JsonNode p) {
    var receipts = new ArrayList<Receipt>();
    for (JsonNode r : p.path("receipts")) {
      receipts.add(new Receipt(text(r, "rule"), lower(r, "ruling"), text(r, "why")));
    }
    return receipts;
  }

  private static String text(String kind, JsonNode p) {
    return switch (kind) {
      case "life.started" ->
          "GRACE " + text(p, "version") + " started, mode " + lower(p, "ceiling");
      case "paused" -> "GRACE was paused: " + text(p, "reason");
      case "resumed" -> "GRACE was resumed: " + text(p, "reason");
      case "meta.cycled" ->
          "looked at the whole: focus "
              + lower(p.path("cycle"), "focus")
              + ", guardrail "
              + lower(p.path("cycle"), "guardrail")
              + ", distress "
              + text(p.path("cycle"), "distress");
      case "health.changed" ->
          "became "
              + lower(p.path("health"), "status")
              + " from "
              + lower(p, "from")
              + symptoms(p.path("health").path("symptoms"));
      case "incident.opened" -> "incident opened, severity " + lower(p, "severity");
      case "incident.diagnosed" ->
          "diagnosed " + kindOf(p.path("diagnosis")) + ": " + text(p.path("diagnosis"), "reason");
      case "causes.ranked" -> causes(p.path("causes"));
      case "incident.acknowledged" -> "taken on by " + text(p, "by");
      case "incident.noted" -> text(p, "note");
      case "incident.resolved" -> "resolved " + lower(p, "recovery").replace('_', ' ');
      case "incident.reopened" -> "came back";
      case "incident.escalated" -> "a person is called: " + text(p, "reason");
      case "proposal.skipped" -> "nothing proposed: " + text(p, "why");
      case "run.proposed" ->
          "proposed "
              + text(p.path("proposal").path("plan"), "playbook")
              + ": "
              + text(p, "verdict");
      case "run.approved" -> "approved by " + text(p, "by") + because(p);
      case "run.admitted" -> "admitted by the gate";
      case "run.rejected" -> "rejected by " + text(p, "by") + because(p);
      case "run.denied" -> "denied: " + text(p, "reason");
      case "run.deferred" -> "deferred until " + text(p, "until") + because(p);
      case "run.verified" -> "judged " + lower(p, "finding") + ": " + text(p, "detail");
      case "run.answered" -> text(p, "by") + " says it " + lower(p, "finding") + because(p);
      case "run.expired" -> "expired: " + text(p, "reason");
      case "run.cancelled" -> "cancelled by " + text(p, "by") + because(p);
      case "run.observed" ->
          "would have been "
              + text(p, "would")
              + (p.path("recovered").asBoolean() ? "; it recovered by itself" : "; it stayed sick");
      case "step.started" ->
          step(p) + " began" + (p.path("attempt").asInt() > 1 ? ", try " + text(p, "attempt") : "");
      case "step.ended" -> step(p) + " " + lower(p, "outcome") + detail(p);
      case "step.checked" -> step(p) + " was checked: " + lower(p, "finding") + detail(p);
      case "step.decided" -> step(p) + " came to " + value(p.path("result")) + detail(p);
      case "step.answered" -> text(p, "by") + " answered " + value(p.path("answer")) + because(p);
      case "compensation.started" -> step(p) + " is being taken back";
      case "compensation.ended" -> step(p) + " taken back: " + lower(p, "outcome") + detail(p);
      default -> kind.replace('.', ' ') + detail(p) + because(p);
    };
  }

  private static String causes(JsonNode causes) {
    JsonNode first = causes.path("ranked").path(0);
    return first.isMissingNode()
        ? "nobody is to blame that is measured"
        : "likeliest cause: "
            + text(first, "service")
            + String.format(Locale.ROOT, " (%.0f %%): ", 100 * first.path("probability").asDouble())
            + text(first, "why");
  }

  private static String tone(String kind, JsonNode p) {
    return switch (kind) {
      case "health.changed" -> Show.tone(lower(p.path("health"), "status"));
      case "incident.opened", "incident.reopened", "run.denied", "run.rejected", "paused" -> "bad";
      case "incident.resolved", "run.approved", "run.admitted", "resumed" -> "good";
      case "incident.escalated", "run.deferred", "run.expired", "run.cancelled" -> "warn";
      case "run.verified", "step.checked" -> Show.tone(lower(p, "finding"));
      case "step.ended", "compensation.ended" -> Show.tone(lower(p, "outcome"));
      case "incident.noted" -> "note";
      default -> "calm";
    };
  }

  private static String step(JsonNode p) {
    return "step " + (p.path("step").asInt() + 1);
  }

  private static String because(JsonNode p) {
    String reason = text(p, "reason");
    return reason.isEmpty() ? "" : ": " + reason;
  }

  private static String detail(JsonNode p) {
    String detail = text(p, "detail");
    return detail.isEmpty() ? "" : ": " + detail;
  }

  private static String kindOf(JsonNode diagnosis) {
    return text(diagnosis, "kind").replace('_', ' ');
  }

  private static String symptoms(JsonNode symptoms) {
    var all = new ArrayList<String>();
    for (JsonNode s : symptoms) {
      all.add(text(s, "metric") + " " + Show.number(s.path("value").asDouble()));
    }
    return all.isEmpty() ? "" : ": " + String.join(", ", all);
  }

  private static String value(JsonNode value) {
    return value.isObject() && value.has("value")
        ? value.path("value").asString()
        : value.isValueNode() ? value.asString() : value.toString();
  }

  private static String text(JsonNode p, String name) {
    JsonNode value = p.path(name);
    return value.isValueNode() && !value.isNull() ? value.asString() : "";
  }

  private static String lower(JsonNode p, String name) {
    return text(p, name).toLowerCase(java.util.Locale.ROOT);
  }
}
