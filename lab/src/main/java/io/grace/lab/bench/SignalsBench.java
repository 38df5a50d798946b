package io.grace.lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// 10,000 declared signals, each asked for every 15 s, on one node: what that costs GRACE. The
/// store is a process of its own, so its cost is not counted.
final class SignalsBench {
  private static final int SERVICES = 100;
  private static final int METRICS = 100;
  private static final double LIMIT_CORES = 0.5;

  private SignalsBench() {}

  static void measure(Report report, boolean quick) throws Exception {
    Duration warm = Duration.ofSeconds(quick ? 20 : 45);
    Duration lasts = Duration.ofSeconds(quick ? 20 : 60);
    measure(report, "10,000 queries of one series", false, warm, lasts);
    measure(report, "100 queries of 100 series", true, warm, lasts);
  }

  private static void measure(
      Report report, String what, boolean isTogether, Duration warm, Duration lasts)
      throws Exception {
    Process store = store();
    try (Scratch scratch = Scratch.create("signals");
        Touched touched = new Touched()) {
      String url = "http://127.0.0.1:" + port(store);
      var config =
          BenchConfig.write(scratch.path(), SERVICES, touched.url(), false, more(url, isTogether));
      try (Served served = Served.start(config)) {
        LockSupport.parkNanos(warm.toNanos());
        long began = System.nanoTime();
        double cpu = served.cpuSeconds();
        LockSupport.parkNanos(lasts.toNanos());
        double cores = (served.cpuSeconds() - cpu) / ((System.nanoTime() - began) / 1e9);
        long healthy = healthy(served);
        report.promise(
            cores <= LIMIT_CORES && healthy == SERVICES,
            "%s: %.2f cores over %d s, limit %.1f; %.0f MB; %d of %d services heard of; loop late"
                + " by %d ms at worst",
            what,
            cores,
            lasts.toSeconds(),
            LIMIT_CORES,
            served.megabytes("VmRSS"),
            healthy,
            SERVICES,
            served.get("/api/health").path("loop").path("worst_late_ms").asLong(-1));
      }
    } finally {
      store.destroy();
      store.waitFor(10, TimeUnit.SECONDS);
    }
  }

  private static long healthy(Served served) throws IOException, InterruptedException {
    long healthy = 0;
    for (var service : served.get("/api/status").path("services")) {
      boolean isDeclared = service.path("service").asString("").startsWith("service-");
      healthy += isDeclared && service.path("status").asString("").equals("healthy") ? 1 : 0;
    }
    return healthy;
  }

  private static String more(String url, boolean isTogether) {
    var yaml = new StringBuilder("metrics:\n");
    for (int metric = 0; metric < METRICS; metric++) {
      yaml.append(
          "  m%d: {unit: ratio, direction: higher_is_worse, degraded: 5, critical: 9}\n"
              .formatted(metric));
    }
    yaml.append("telemetry:\n  stores:\n    - name: store\n      url: ").append(url);
    yaml.append("\n      backfill: 0s\n      signals:\n");
    for (int metric = 0; metric < METRICS; metric++) {
      if (isTogether) {
        yaml.append(
            "        - {metric: m%d, query: 'many_m%d', step: 15s}\n".formatted(metric, metric));
        continue;
      }
      for (int service = 0; service < SERVICES; service++) {
        yaml.append(
            "        - {metric: m%d, query: 'one_m%d{service=\"service-%d\"}', service: service-%d, step: 15s}\n"
                .formatted(metric, metric, service, service));
      }
    }
    return yaml.toString();
  }

  private static Process store() throws IOException {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.grace.lab.bench.AnsweringStore",
                Long.toString(ProcessHandle.current().pid())))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int port(Process store) throws IOException {
    var said =
        new BufferedReader(new InputStreamReader(store.getInputStream(), StandardCharsets.UTF_8));
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the store did not start");
    }
    return Integer.parseInt(line);
  }
}
