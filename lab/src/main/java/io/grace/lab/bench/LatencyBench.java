package io.grace.lab.bench;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.runtime.node.Node;
import io.grace.runtime.secrets.LocalSecrets;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How long it takes from a bad measurement to the first action in the world, on the real path:
/// diagnosis, plan, gate, durable commit to SQLite, HTTP call. One trial at a time, each with a
/// service that was healthy and untouched; autonomous, windows open, no time to settle.
final class LatencyBench {
  private static final MetricId LATENCY = new MetricId("latency_ms");
  private static final double LIMIT_MS = 50;
  private static final int WARM_UP = 50;
  private static final long CALM_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private LatencyBench() {}

  // A storm is where GRACE proposes nothing. 256 beginnings a minute are the highest limit there
  // is.
  private static final String CALM = "sensing: {storm: {enter: 256, exit: 1, hold: 1m}}\n";

  // Keeps the trials below 240 a minute, and so out of a storm.
  private static final int APART_MS = 250;

  /// A way to hand measurements over, and to see that nothing is left to do.
  private interface Way {
    void send(ServiceId service, double latency) throws IOException, InterruptedException;

    boolean isCalm() throws IOException, InterruptedException;
  }

  static void measure(Report report, boolean quick) throws Exception {
    int trials = quick ? 200 : 500;
    try (Scratch scratch = Scratch.create("latency");
        Touched touched = new Touched()) {
      var config = BenchConfig.write(scratch.path(), trials + WARM_UP, touched.url(), false, CALM);
      try (Node node =
          Node.start(
              config.load(), new LocalSecrets(), InstantSource.system(), new Random(1), "bench")) {
        trials(report, "signal → action, node in this process", config, touched, direct(node));
      }
    }
    try (Scratch scratch = Scratch.create("latency");
        Touched touched = new Touched()) {
      var config = BenchConfig.write(scratch.path(), trials + WARM_UP, touched.url(), false, CALM);
      try (Served served = Served.start(config)) {
        trials(report, "signal → action, REST to grace serve", config, touched, rest(served));
      }
    }
  }

  private static Way direct(Node node) {
    return new Way() {
      @Override
      public void send(ServiceId service, double latency) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        if (!node.offer(List.of(new Signal(service, LATENCY, latency, now, "bench")))) {
          throw new IOException("the node took no signal");
        }
      }

      @Override
      public boolean isCalm() {
        var snapshot = node.snapshot();
        return snapshot.runs().isEmpty() && snapshot.openIncidents().isEmpty();
      }
    };
  }

  private static Way rest(Served served) {
    return new Way() {
      @Override
      public void send(ServiceId service, double latency) throws IOException, InterruptedException {
        served.post(
            "/api/health/ingest_signal",
            Map.of("service", service.value(), "metric", LATENCY.value(), "value", latency));
      }

      @Override
      public boolean isCalm() throws IOException, InterruptedException {
        var status = served.get("/api/status");
        return status.path("open_runs").asInt(-1) == 0
            && status.path("open_incidents").asInt(-1) == 0;
      }
    };
  }

  private static void trials(
      Report report, String name, BenchConfig config, Touched touched, Way way) throws Exception {
    var random = new Random(7);
    List<Double> millis = new ArrayList<>();
    for (ServiceId service : config.ids()) {
      // The loop looks around by itself every 100 ms; a trial hits any moment between.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(APART_MS + random.nextInt(100)));
      long sent = System.nanoTime();
      way.send(service, 5000);
      millis.add((touched.next() - sent) / 1e6);
      heal(service, way);
    }
    if (touched.waiting() > 0) {
      throw new IllegalStateException("wanted one action for each signal, found more");
    }
    report.note(
        "%s: cold %.1f ms (first of all), slowest of %d warm-up trials %.1f ms",
        name, millis.getFirst(), WARM_UP, Collections.max(millis.subList(0, WARM_UP)));
    List<Double> counted = millis.subList(WARM_UP, millis.size());
    double p99 = Report.quantile(counted, 0.99);
    report.promise(
        p99 < LIMIT_MS,
        "%s: n=%d, p50 %.1f, p95 %.1f, p99 %.1f, max %.1f ms, limit p99 %.0f ms",
        name,
        counted.size(),
        Report.median(counted),
        Report.quantile(counted, 0.95),
        p99,
        Collections.max(counted),
        LIMIT_MS);
  }

  private static void heal(ServiceId service, Way way) throws IOException, InterruptedException {
    long end = System.nanoTime() + CALM_LIMIT_NANOS;
    do {
      way.send(service, 100);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      if (System.nanoTime() > end) {
        throw new IOException(service + " is not healed after 10 s");
      }
    } while (!way.isCalm());
  }
}
