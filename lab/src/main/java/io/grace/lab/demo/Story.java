package io.grace.lab.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Follows the journal and tells what it says, with times counted from the fault.
final class Story {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final GraceProcess grace;
  private final PrintStream out;
  private final Map<String, String> services = new HashMap<>();
  private final Map<String, JsonNode> proposals = new HashMap<>();
  private final Map<String, String> diagnoses = new HashMap<>();
  private long after;

  Story(GraceProcess grace, PrintStream out) throws IOException, InterruptedException {
    this.grace = grace;
    this.out = out;
    this.after = grace.get("/api/status").path("journal").path("index").asLong();
  }

  /// What is known of one fault so far, in time since it was put in.
  static final class Heal {
    Optional<Duration> found = Optional.empty();
    Optional<Duration> acted = Optional.empty();
    Optional<Duration> healed = Optional.empty();
    Optional<String> by = Optional.empty();
    int rolledBack;
    int observed;
  }

  /// Reads what is new and tells of the service.
  void advance(String service, Instant broken, Heal heal) throws IOException, InterruptedException {
    JsonNode page = grace.get("/api/log/entries?limit=500&after=" + after);
    for (JsonNode entry : page.path("items")) {
      after = entry.path("index").asLong();
      Instant at = Instant.parse(entry.path("at").asString());
      tell(entry, payload(entry), service, Duration.between(broken, at), heal);
    }
  }

  private static JsonNode payload(JsonNode entry) {
    JsonNode payload = entry.path("payload");
    return payload.isString() ? JSON.readTree(payload.asString()) : payload;
  }

  private void tell(JsonNode entry, JsonNode p, String wanted, Duration since, Heal heal) {
    String kind = entry.path("kind").asString();
    String subject = entry.path("subject").asString();
    if (kind.equals("incident.opened")) {
      services.put(subject, p.path("service").asString());
    }
    if (kind.equals("run.proposed")) {
      services.put(subject, p.path("proposal").path("plan").path("service").asString());
      proposals.put(subject, p.path("proposal"));
    }
    if (!wanted.equals(services.getOrDefault(subject, subject))) {
      return;
    }
    switch (kind) {
      case "incident.diagnosed" -> {
        String reason = p.path("diagnosis").path("reason").asString();
        boolean isNew = !reason.equals(diagnoses.put(subject, reason));
        if (isNew) {
          line(since, heal.found.isEmpty() ? "found" : "diagnosed", cut(reason));
        }
        if (heal.found.isEmpty()) {
          heal.found = Optional.of(since);
        }
      }
      case "run.proposed" -> proposed(p, since, heal);
      case "step.started" -> {
        if (heal.acted.isEmpty()) {
          heal.acted = Optional.of(since);
        }
        line(since, "acted", action(subject, p.path("step").asInt()));
      }
      case "step.ended" ->
          line(
              since,
              p.path("outcome").asString().toLowerCase(Locale.ROOT),
              cut(p.path("detail").asString()));
      case "run.verified" -> {
        boolean passed = p.path("finding").asString().equals("PASSED");
        line(since, passed ? "verified" : "not cured", cut(p.path("detail").asString()));
        if (passed) {
          heal.healed = Optional.of(since);
          heal.by = Optional.of(proposal(subject).path("plan").path("playbook").asString());
        }
      }
      case "compensation.ended" -> {
        heal.rolledBack++;
        line(since, "undone", cut(p.path("detail").asString()));
      }
      case "run.observed" -> {
        heal.observed++;
        line(since, "observed", cut(p.path("would").asString()));
      }
      case "proposal.skipped" ->
          line(since, "waited", cut(p.path("rule").asString() + ": " + p.path("why").asString()));
      case "incident.escalated" -> line(since, "calls", cut(p.path("reason").asString()));
      case "incident.resolved" ->
          line(
              since,
              "resolved",
              p.path("recovery").asString().toLowerCase(Locale.ROOT).replace('_', ' '));
      default -> {}
    }
  }

  private void proposed(JsonNode p, Duration since, Heal heal) {
    for (JsonNode candidate : p.path("proposal").path("candidates")) {
      boolean isChosen = !candidate.hasNonNull("passedOver");
      String score = String.format(Locale.ROOT, "%.2f ", candidate.path("score").asDouble());
      line(
          since,
          isChosen ? "chose" : "not",
          cut(
              score
                  + candidate.path("playbook").asString()
                  + (isChosen ? "" : ": " + candidate.path("passedOver").asString())));
    }
    if (p.path("proposal").path("mode").asString().equals("OBSERVE")) {
      heal.observed++;
    }
  }

  private JsonNode proposal(String run) {
    return proposals.getOrDefault(run, MissingNode.getInstance());
  }

  private String action(String run, int step) {
    JsonNode action = proposal(run).path("plan").path("steps").path(step).path("action");
    return action.path("name").asString() + " " + action.path("target").asString();
  }

  private void line(Duration since, String what, String text) {
    out.printf(Locale.ROOT, "  %6.1f s  %-9s %s%n", since.toMillis() / 1000.0, what, text);
  }

  /// A terminal has 80 columns.
  private static String cut(String text) {
    return text.length() <= 58 ? text : text.substring(0, 57) + "…";
  }
}
