package io.grace.lab.demo;

import io.grace.lab.demo.Story.Heal;
import io.grace.lab.service.LabDir;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.ConfigLoader;
import io.grace.runtime.config.Loaded;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/// `grace demo`: five faults in real services, one after the other, and what GRACE does about them.
///
/// Exit status 0 only if every fault was healed and verified and the journal stands up to the
/// off-line verifier; in observe mode only if nothing at all was touched.
public final class Demo {
  private static final Duration HEAL_LIMIT = Duration.ofSeconds(100);
  private static final Duration CALM_LIMIT = Duration.ofSeconds(60);

  /// In observe mode nothing heals, so a fault is watched this long and then taken back by hand.
  private static final Duration OBSERVE_FOR = Duration.ofSeconds(12);

  private final PrintStream out;
  private final boolean isObserving;
  private final boolean isKept;

  private Demo(PrintStream out, boolean isObserving, boolean isKept) {
    this.out = out;
    this.isObserving = isObserving;
    this.isKept = isKept;
  }

  public static void main(String[] args) throws Exception {
    var options = List.of(args);
    for (String option : options) {
      if (!List.of("--observe", "--keep").contains(option)) {
        System.err.println("unknown option " + option + "; usage: grace demo [--observe] [--keep]");
        System.exit(2);
      }
    }
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var demo = new Demo(out, options.contains("--observe"), options.contains("--keep"));
    System.exit(demo.run() ? 0 : 1);
  }

  private boolean run() throws Exception {
    Path dir = Files.createTempDirectory("grace-demo-");
    LabDir.prepare(dir);
    int port = freePort();
    String token = token(dir.resolve("token"));
    Path file = dir.resolve("grace.yaml");
    String mode = isObserving ? "observe" : "autonomous";
    Files.writeString(
        file,
        DemoConfig.yaml(dir, mode, port, dir.resolve("token"), ProcessHandle.current().pid()));
    out.println("GRACE demo: real processes, real faults, mode " + mode);
    long begun = System.nanoTime();
    try (Fleet fleet = Fleet.start(dir, config(file))) {
      step(begun, "fleet", "gateway → orders → inventory, payments; inventory → cache");
      begun = System.nanoTime();
      List<Heal> heals;
      JsonNode counters;
      try (GraceProcess grace = GraceProcess.serve(file, port, token)) {
        step(begun, "grace", grace.url() + ", its files in " + dir);
        begun = System.nanoTime();
        awaitCalm(grace);
        step(begun, "calm", "every service is healthy");
        heals = breakAndHeal(fleet, grace);
        counters = grace.get("/api/self_heal/scheduler_counters");
        if (isKept) {
          keep(grace, dir);
        }
      }
      summary(heals, counters);
      boolean isVerified = JournalProof.verify(dir, out);
      return isVerified && (isObserving ? nothingWasTouched(dir) : allHealed(heals));
    }
  }

  /// @throws IOException with what is wrong with the file
  public static Config config(Path file) throws IOException {
    return switch (ConfigLoader.load(file, Map.of())) {
      case Loaded.Valid(Config config) -> config;
      case Loaded.Invalid invalid -> throw new IOException(invalid.problems().toString());
    };
  }

  private List<Heal> breakAndHeal(Fleet fleet, GraceProcess grace)
      throws IOException, InterruptedException {
    var heals = new ArrayList<Heal>();
    var story = new Story(grace, out);
    for (Scenario scenario : Scenario.ALL) {
      out.printf(
          "%n%d/%d  %s: %s (%s)%n",
          heals.size() + 1,
          Scenario.ALL.size(),
          scenario.service().id(),
          scenario.story(),
          scenario.fault());
      var heal = new Heal();
      heals.add(heal);
      Instant broken = Instant.now();
      fleet.breakIt(scenario.service(), scenario.fault());
      if (isObserving) {
        watch(story, scenario, broken, heal);
        Cure.byHand(fleet, scenario);
      } else {
        follow(story, scenario, broken, heal, HEAL_LIMIT);
      }
      awaitCalm(grace);
      story.advance(scenario.sick().id(), broken, heal);
    }
    return heals;
  }

  private static void follow(
      Story story, Scenario scenario, Instant broken, Heal heal, Duration limit)
      throws IOException, InterruptedException {
    while (heal.healed.isEmpty() && Instant.now().isBefore(broken.plus(limit))) {
      story.advance(scenario.sick().id(), broken, heal);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
    }
  }

  private static void watch(Story story, Scenario scenario, Instant broken, Heal heal)
      throws IOException, InterruptedException {
    follow(story, scenario, broken, heal, OBSERVE_FOR);
  }

  /// Until every service is healthy and no incident and no run is open.
  static void awaitCalm(GraceProcess grace) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(CALM_LIMIT);
    JsonNode status = grace.get("/api/status");
    while (!isCalm(status)) {
      if (Instant.now().isAfter(end)) {
        throw new IOException("not calm after " + CALM_LIMIT.toSeconds() + " s: " + status);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      status = grace.get("/api/status");
    }
  }

  private static boolean isCalm(JsonNode status) {
    int healthy = 0;
    for (JsonNode service : status.path("services")) {
      if (service.path("status").asString().equalsIgnoreCase("healthy")) {
        healthy++;
      }
    }
    return healthy == 5
        && status.path("open_incidents").asInt() == 0
        && status.path("open_runs").asInt() == 0;
  }

  private void summary(List<Heal> heals, JsonNode counters) {
    out.printf("%n%-22s %8s %8s %8s  %s%n", "fault", "found", "acted", "healed", "verified by");
    for (int i = 0; i < heals.size(); i++) {
      Scenario scenario = Scenario.ALL.get(i);
      Heal heal = heals.get(i);
      out.printf(
          "%-22s %8s %8s %8s  %s%s%n",
          scenario.service().id() + " " + scenario.fault(),
          seconds(heal.found),
          seconds(heal.acted),
          seconds(heal.healed),
          heal.by.orElse(isObserving ? "observed, not touched" : "NOT HEALED"),
          heal.rolledBack > 0 ? " after " + heal.rolledBack + " undone" : "");
    }
    out.println("counters: " + counters);
  }

  private boolean allHealed(List<Heal> heals) {
    boolean all = heals.stream().allMatch(h -> h.healed.isPresent());
    boolean secondChoice = heals.stream().anyMatch(h -> h.rolledBack > 0);
    out.println(
        all && secondChoice
            ? "All " + heals.size() + " healed and verified, one after an undo and a second choice."
            : "NOT all healed: this is a failure.");
    return all && secondChoice;
  }

  /// Only what was there before, and what was put in and taken back by hand.
  private boolean nothingWasTouched(Path dir) throws IOException {
    List<String> touched =
        Files.readAllLines(dir.resolve("effects.log")).stream()
            .filter(line -> line.matches(".*\tr-[0-9]+/.*"))
            .toList();
    out.println(
        touched.isEmpty()
            ? "Observe mode: nothing was touched."
            : "Observe mode touched: " + touched);
    return touched.isEmpty();
  }

  private void keep(GraceProcess grace, Path dir) throws InterruptedException, IOException {
    out.printf(
        "%nGRACE stays up. In another terminal:%n  export GRACE_URL=%s GRACE_TOKEN_FILE=%s%n"
            + "  ./grace status%nPress Enter to end.%n",
        grace.url(), dir.resolve("token"));
    if (System.in.read() < 0) {
      grace.handle().onExit().join();
    }
  }

  private void step(long begun, String what, String text) {
    step(out, begun, what, text);
  }

  static void step(PrintStream out, long begun, String what, String text) {
    out.printf(Locale.ROOT, "  %6.1f s  %-9s %s%n", (System.nanoTime() - begun) / 1e9, what, text);
  }

  static String seconds(Optional<Duration> duration) {
    return duration
        .map(d -> String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0))
        .orElse("-");
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// A new secret in a file that only its owner reads.
  public static String token(Path file) throws IOException {
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, token);
    return token;
  }
}
