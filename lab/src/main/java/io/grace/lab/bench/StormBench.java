package io.grace.lab.bench;

import io.grace.lab.bench.AlertStorm.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 60,000 alerts a minute for two minutes, one in a hundred of them new, as Alertmanager would send
/// them to `grace serve`: what is lost, how long a decision takes, what it costs.
final class StormBench {
  private static final int PER_MINUTE = 60_000;
  private static final int DISTINCT_EVERY = 100;
  private static final int TRIALS = 50;
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final double DECISION_LIMIT_MS = 250;
  private static final double LATE_LIMIT_MS = 1_000;

  /// The heap is bounded; what is beside it must be too.
  private static final double MEMORY_LIMIT_MB = 400;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StormBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    Duration lasts = quick ? Duration.ofSeconds(20) : Duration.ofSeconds(120);
    try (Scratch scratch = Scratch.create("storm");
        Touched touched = new Touched()) {
      var config =
          BenchConfig.write(
              scratch.path(), TRIALS + 10, touched.url(), false, more(scratch.path()));
      try (Served served = Served.start(config)) {
        firstActions(report, config, served, touched);
        warmUp(report, config);
        storm(report, config, served, lasts);
      }
    }
  }

  private static String more(Path dir) {
    return """
    sources:
      - name: bench
        kind: alertmanager
        auth: {bearer: "file:%s"}
        fingerprint: [alertname, service]
        diagnose: {Slow: latency_spike}
    sensing: {storm: {enter: 250, exit: 20, hold: 2m}}
    """
        .formatted(dir.resolve("token"));
  }

  private static URI target(BenchConfig config) {
    return URI.create("http://127.0.0.1:" + config.port() + "/api/ingest/bench");
  }

  /// In calm: from the moment at which an alert is sent to the action in the world.
  private static void firstActions(
      Report report, BenchConfig config, Served served, Touched touched)
      throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      long sent = System.nanoTime();
      served.postText(target(config).getPath(), AlertStorm.slow(config.ids().get(i).value()));
      millis.add((touched.next() - sent) / 1e6);
    }
    List<Double> warm = millis.subList(TRIALS / 5, TRIALS);
    report.note(
        "in calm, alert sent → first action: n=%d, p50 %.1f, p95 %.1f, p99 %.1f ms",
        warm.size(), Report.median(warm), Report.quantile(warm, 0.95), Report.quantile(warm, 0.99));
  }

  /// As any server that runs has been asked before: repetitions of one alert, at a third of the
  /// rate.
  private static void warmUp(Report report, BenchConfig config) throws InterruptedException {
    var warm =
        new AlertStorm(
                target(config), BenchConfig.TOKEN, PER_MINUTE / 3, Integer.MAX_VALUE, 1, WARM_UP)
            .run();
    report.note(
        "warmed up for %.0f s with %,d repetitions of one alert", warm.seconds(), warm.alerts());
  }

  private static void storm(Report report, BenchConfig config, Served served, Duration lasts)
      throws IOException, InterruptedException {
    double before = served.megabytes("VmRSS");
    double cpuBefore = served.cpuSeconds();
    Instant began = Instant.now();
    Outcome out =
        new AlertStorm(target(config), BenchConfig.TOKEN, PER_MINUTE, DISTINCT_EVERY, 1, lasts)
            .run();
    double cores = (served.cpuSeconds() - cpuBefore) / out.seconds();
    report.note(
        "%,d alerts in %.1f s, one in each webhook, %,d of them new; grace used %.2f cores; the load"
            + " tool was at most %.0f ms behind",
        out.alerts(), out.seconds(), out.distinct().size(), cores, out.worstBehindMillis());
    spread(report, "new alert due → decided and durable", out.millisNew());
    spread(report, "repeated alert due → answered", out.millisRepeated());
    Set<String> recorded = recorded(served);
    long lost = out.distinct().stream().filter(name -> !recorded.contains(name)).count();
    report.promise(
        lost == 0 && out.refused() == 0,
        "%d of %d distinct alerts are lost, %d deliveries refused",
        lost,
        out.distinct().size(),
        out.refused());
    double p99 = Report.quantile(out.millisNew(), 0.99);
    report.promise(
        p99 < DECISION_LIMIT_MS, "decision p99 %.1f ms, limit %.0f ms", p99, DECISION_LIMIT_MS);
    double late = served.get("/api/health").path("loop").path("worst_late_ms").asDouble(1e9);
    report.promise(
        late <= LATE_LIMIT_MS,
        "the control loop was late by %.0f ms at worst, limit %.0f ms",
        late,
        LATE_LIMIT_MS);
    report.promise(
        served.megabytes("VmHWM") < MEMORY_LIMIT_MB,
        "memory %.0f MB before, %.0f MB after, %.0f MB at most, limit %.0f MB",
        before,
        served.megabytes("VmRSS"),
        served.megabytes("VmHWM"),
        MEMORY_LIMIT_MB);
    told(report, served, began);
  }

  private static void spread(Report report, String what, List<Double> millis) {
    if (!millis.isEmpty()) {
      report.note(
          "%s: n=%,d, p50 %.1f, p95 %.1f, p99 %.1f, max %.1f ms",
          what,
          millis.size(),
          Report.median(millis),
          Report.quantile(millis, 0.95),
          Report.quantile(millis, 0.99),
          Report.quantile(millis, 1));
    }
  }

  private static Set<String> recorded(Served served) throws IOException, InterruptedException {
    var names = new HashSet<String>();
    long after = 0;
    while (true) {
      JsonNode items =
          served.get("/api/log/entries?kind=alert.fired&limit=500&after=" + after).path("items");
      if (items.isEmpty()) {
        return names;
      }
      for (JsonNode entry : items) {
        after = entry.path("index").asLong();
        JsonNode payload = entry.path("payload");
        JsonNode event = payload.isString() ? JSON.readTree(payload.asString()) : payload;
        names.add(event.path("alert").path("name").asString(""));
      }
    }
  }

  private static void told(Report report, Served served, Instant began)
      throws IOException, InterruptedException {
    JsonNode storms = served.get("/api/log/entries?kind=storm.began&limit=5").path("items");
    JsonNode calls =
        served
            .get("/api/log/entries?kind=incident.escalated&subject=" + stormIncident(served))
            .path("items");
    if (storms.isEmpty() || calls.isEmpty()) {
      report.note("no storm began");
      return;
    }
    Instant storm = Instant.parse(storms.get(0).path("at").asString());
    Instant call = Instant.parse(calls.get(0).path("at").asString());
    report.note(
        "a storm began %.1f s after the load, and a person was called %d ms later; open incidents"
            + " now: %d",
        Duration.between(began, storm).toMillis() / 1e3,
        Duration.between(storm, call).toMillis(),
        served.get("/api/status").path("open_incidents").asInt(-1));
  }

  private static String stormIncident(Served served) throws IOException, InterruptedException {
    for (JsonNode incident : served.get("/api/incidents?state=open&limit=500").path("items")) {
      if (incident.path("service").asString("").equals("grace.storm")) {
        return incident.path("id").asString("");
      }
    }
    return "i-000000";
  }
}
