package io.grace.lab.demo;

import io.grace.lab.demo.Story.Heal;
import io.grace.lab.service.LabDir;
import io.grace.lab.service.ServiceName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// `grace sense`: a real Prometheus and a real Alertmanager tell GRACE of a fault, once by webhook
/// and once by PromQL alone, and GRACE heals it.
///
/// Exit status 0 only if the fault was healed, verified and resolved each time and the journals
/// stand up to the off-line verifier; 3 if a server is not installed.
public final class SenseDemo {
  private static final Duration HEAL_LIMIT = Duration.ofSeconds(90);
  private static final Duration CALM_LIMIT = Duration.ofSeconds(60);

  /// How GRACE hears of the fault.
  public enum Way {
    WEBHOOK,
    POLLING
  }

  private SenseDemo() {}

  public static void main(String[] args) throws Exception {
    var missing = Monitoring.missing();
    if (missing.isPresent()) {
      System.err.println(
          "grace sense needs "
              + missing.get()
              + " on the PATH; on Debian and Ubuntu: apt-get install prometheus"
              + " prometheus-alertmanager");
      System.exit(3);
    }
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean isHealed = true;
    for (Way way : ways(args)) {
      isHealed &= run(way, out);
    }
    System.exit(isHealed ? 0 : 1);
  }

  private static List<Way> ways(String[] args) {
    return switch (String.join(" ", args)) {
      case "" -> List.of(Way.values());
      case "--webhook" -> List.of(Way.WEBHOOK);
      case "--polling" -> List.of(Way.POLLING);
      default -> {
        System.err.println("usage: grace sense [--webhook|--polling]");
        System.exit(2);
        yield List.of();
      }
    };
  }

  /// One fault from the alert to the end of its incident.
  public static boolean run(Way way, PrintStream out) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("grace-sense-");
    LabDir.prepare(dir);
    int port = Demo.freePort();
    String token = Demo.token(dir.resolve("token"));
    Path secret = dir.resolve("alertmanager.token");
    Demo.token(secret);
    long parent = ProcessHandle.current().pid();
    Path file = dir.resolve("grace.yaml");
    out.printf(
        "%nGRACE sense: a real Prometheus and Alertmanager, by %s%n",
        way.name().toLowerCase(Locale.ROOT));
    // The fleet is started from the same file, before anybody knows where Prometheus will be.
    write(file, way, dir, port, parent, secret, "http://127.0.0.1:1");
    long begun = System.nanoTime();
    try (Fleet fleet = Fleet.start(dir, Demo.config(file));
        Monitoring monitoring =
            Monitoring.start(
                dir,
                way == Way.WEBHOOK
                    ? Optional.of("http://127.0.0.1:" + port + "/api/ingest/alertmanager")
                    : Optional.empty(),
                secret)) {
      Demo.step(out, begun, "fleet", "five services, scraped by " + monitoring.prometheus());
      write(file, way, dir, port, parent, secret, monitoring.prometheus());
      begun = System.nanoTime();
      boolean isHealed;
      try (GraceProcess grace = GraceProcess.serve(file, port, token)) {
        Demo.step(out, begun, "grace", grace.url() + ", its files in " + dir);
        isHealed = heal(way, fleet, grace, out);
      }
      return JournalProof.verify(dir, out) && isHealed;
    }
  }

  private static void write(
      Path file, Way way, Path dir, int port, long parent, Path secret, String prometheus)
      throws IOException {
    Files.writeString(
        file,
        switch (way) {
          case WEBHOOK -> SenseConfig.webhook(dir, port, parent, secret, prometheus);
          case POLLING -> SenseConfig.polling(dir, port, parent, prometheus);
        });
  }

  private static boolean heal(Way way, Fleet fleet, GraceProcess grace, PrintStream out)
      throws IOException, InterruptedException {
    if (way == Way.POLLING) {
      await(grace, "every service is healthy", s -> healthy(s) == ServiceName.values().length);
    }
    var story = new Story(grace, out);
    var heal = new Heal();
    String service = ServiceName.INVENTORY.id();
    out.printf("%ninventory: its process dies (crash)%n");
    Instant broken = Instant.now();
    fleet.breakIt(ServiceName.INVENTORY, "crash");
    while (heal.healed.isEmpty() && Instant.now().isBefore(broken.plus(HEAL_LIMIT))) {
      story.advance(service, broken, heal);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
    boolean isHealed = heal.healed.isPresent();
    if (isHealed) {
      await(grace, "the alert is resolved and no incident is open", SenseDemo::isOver);
    }
    story.advance(service, broken, heal);
    out.printf(
        Locale.ROOT,
        "%s by %s: found after %s, acted %s, verified %s, all over %.1f s%n",
        isHealed ? "HEALED" : "NOT HEALED",
        way.name().toLowerCase(Locale.ROOT),
        Demo.seconds(heal.found),
        Demo.seconds(heal.acted),
        Demo.seconds(heal.healed),
        Duration.between(broken, Instant.now()).toMillis() / 1000.0);
    return isHealed;
  }

  private static boolean isOver(JsonNode status) {
    return status.path("open_incidents").asInt(-1) == 0
        && status.path("open_runs").asInt(-1) == 0
        && status.path("alerts").asInt(-1) == 0;
  }

  private static int healthy(JsonNode status) {
    int healthy = 0;
    for (JsonNode service : status.path("services")) {
      boolean isOfLab = !service.path("service").asString("").startsWith("source.");
      healthy += isOfLab && service.path("status").asString("").equals("healthy") ? 1 : 0;
    }
    return healthy;
  }

  private interface Condition {
    boolean holds(JsonNode status);
  }

  private static void await(GraceProcess grace, String what, Condition condition)
      throws IOException, InterruptedException {
    Instant end = Instant.now().plus(CALM_LIMIT);
    JsonNode status = grace.get("/api/status");
    while (!condition.holds(status)) {
      if (Instant.now().isAfter(end)) {
        throw new IOException(
            "not within " + CALM_LIMIT.toSeconds() + " s: " + what + "; found " + status);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      status = grace.get("/api/status");
    }
  }
}
