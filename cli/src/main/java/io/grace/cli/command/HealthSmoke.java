package io.grace.cli.command;

import io.grace.cli.client.Api;
import io.grace.cli.client.Doc;
import io.grace.cli.client.Query;
import io.grace.cli.host.Failure;
import io.grace.cli.host.Host.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Does GRACE notice a sick service, say what is wrong, and propose something or say why not?
///
/// The signals are repeated until they show, because one bad sample among good ones is an outlier.
///
/// @param looks at most, one a second
record HealthSmoke(Api api, Pause pause, String service, int looks) {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final double BAD_ERROR_RATIO = 0.9;

  /// What to look for; empty if it does not show yet.
  private interface Look {
    Optional<String> find() throws Failure;
  }

  void run(SmokeReport report) {
    try {
      if (report.check("health", "bad signals are taken", () -> ingest(BAD_ERROR_RATIO))
          && report.check("health", "the service shows as sick", () -> await(true, this::sick))) {
        report.check("health", "there is a diagnosis", () -> await(true, this::diagnosis));
        report.check(
            "health", "a proposal, or why there is none", () -> await(true, this::decision));
      }
    } finally {
      report.check("health", "it is well again", () -> await(false, this::well));
    }
  }

  private String ingest(double errorRatio) throws Failure {
    var signals =
        List.of(
            Map.of("service", service, "metric", "error_ratio", "value", errorRatio),
            Map.of("service", service, "metric", "up", "value", 1));
    Doc answer = api.post(Query.of("/api/health/ingest_signal"), Map.of("signals", signals)).doc();
    long accepted = answer.whole("accepted");
    SmokeReport.require(accepted == 2, accepted + " of 2 signals were accepted");
    return "2 accepted";
  }

  private String await(boolean isBad, Look look) throws Failure {
    for (int i = 0; i < looks; i++) {
      ingest(isBad ? BAD_ERROR_RATIO : 0);
      Optional<String> found = look.find();
      if (found.isPresent()) {
        return found.get();
      }
      pause.of(BETWEEN_LOOKS);
    }
    SmokeReport.require(false, "it does not show after " + looks + " looks at " + service);
    return "";
  }

  private Optional<String> sick() throws Failure {
    return status().filter(s -> s.equals("degraded") || s.equals("critical"));
  }

  private Optional<String> well() throws Failure {
    return status().filter(s -> s.equals("healthy"));
  }

  private Optional<String> status() throws Failure {
    // Of all services: asked for one that it has not heard of yet, the server says 404.
    return ofService(Query.of("/api/health/state")).map(s -> s.word("status"));
  }

  private Optional<String> diagnosis() throws Failure {
    return incident()
        .map(i -> i.at("diagnosis"))
        .filter(Doc::isPresent)
        .map(
            d -> d.isObject() ? d.text("kind") + ", confidence " + d.text("confidence") : d.text());
  }

  private Optional<String> decision() throws Failure {
    var run = ofService(Query.of("/api/runs").with("state", "open").with("service", service));
    if (run.isPresent()) {
      return run.map(r -> "run " + r.text("id") + " of " + r.text("playbook"));
    }
    var incident = incident();
    return incident
        .flatMap(i -> i.maybe("last_skip"))
        .or(() ->
            incident
                .map(i -> i.at("escalation"))
                .filter(Doc::isPresent)
                .map(e -> "escalated: " + (e.isObject() ? e.text("reason") : e.text())));
  }

  private Optional<Doc> incident() throws Failure {
    return ofService(Query.of("/api/incidents").with("state", "open").with("limit", 500));
  }

  private Optional<Doc> ofService(Query query) throws Failure {
    return api.get(query).doc().items("items").stream()
        .filter(item -> item.text("service").equals(service))
        .findFirst();
  }
}
