package io.grace.lab.chaos;

import io.grace.lab.chaos.Ledger.Fact;
import io.grace.lab.demo.Demo;
import io.grace.lab.demo.Fleet;
import io.grace.lab.demo.GraceProcess;
import io.grace.lab.demo.JournalProof;
import io.grace.lab.service.LabDir;
import io.grace.lab.service.ServiceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// `grace drill structured`: a playbook with a branch, parallel steps, a question and compensation
/// on the lab's services, played to its end and killed with `kill -9` in the middle of each.
///
/// Each scene says what must come of it; what was really done is read from what the services and
/// the drill's program wrote down themselves.
final class StructuredDrill {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ServiceName SERVICE = Phase.RUNNING.service();

  private static final String PLAYBOOK =
      """
      apiVersion: grace/v1
      kind: Playbook
      id: %1$s
      version: 1
      title: A branch, two steps at once, a question, and everything is taken back if it did not help
      treats: [%1$s]
      steps:
        - name: which
          branch:
            - when: "%1$s >= 1"
              steps:
                - name: prepare
                  action: drill_step
                  with: {mark: prepare, seconds: 0.1}
                  timeout: 10s
                  undo: {action: drill_step, with: {mark: unprepare, seconds: 1.0}}
          otherwise:
            - name: notice
              action: drill_step
              with: {mark: notice, seconds: 0.1}
              timeout: 10s
              undo: {not_needed: it only leaves a mark}
        - name: both
          parallel:
            - steps:
                - name: left
                  action: drill_step
                  with: {mark: left, seconds: 1.5}
                  timeout: 10s
                  undo: {action: drill_step, with: {mark: unleft, seconds: 0.1}}
            - steps:
                - name: right
                  target: cache
                  action: drill_step
                  with: {mark: right, seconds: 1.5}
                  timeout: 10s
                  undo: {action: drill_step, target: cache, with: {mark: unright, seconds: 0.1}}
        - name: sure
          ask: {question: Switch the flag off?, answer: {type: flag}, timeout: 60s}
        - name: cure
          branch:
            - when: "step.sure"
              steps:
                - name: switch_off
                  action: toggle_flag
                  with: {flag: new_pricing, state: false}
                  timeout: 10s
                  undo: {action: toggle_flag, with: {flag: new_pricing, state: true}}
      verification:
        checks: ["%1$s < 1"]
        failure: "%1$s >= 1"
        stabilisation: 1s
        samples: 2
        failures: 2
        timeout: 20s
      impact: low
      prior: 0.5
      timeout: 4m
      """;

  /// @param kill the entry after which GRACE is killed; empty for never
  /// @param isSure what the person answers
  /// @param outcome what must come of it
  /// @param marks what must have been done to the world, in order; those of the parallel steps in
  ///   the order of their names
  private record Scene(
      String title, Optional<Kill> kill, boolean isSure, String outcome, List<String> marks) {}

  /// @param kind and step of the entry; after so many milliseconds more
  private record Kill(String kind, int step, int millis) {}

  /// Steps of the plan: which, prepare, notice, left, right, sure, cure, switch_off.
  private static final int LEFT = 3;

  private static final int RIGHT = 4;
  private static final int PREPARE = 1;

  private static final List<Scene> SCENES =
      List.of(
          new Scene(
              "a person says yes",
              Optional.empty(),
              true,
              "succeeded",
              List.of("prepare", "left", "right")),
          new Scene(
              "a person says no",
              Optional.empty(),
              false,
              "rolled_back",
              List.of("prepare", "left", "right", "unleft", "unright", "unprepare")),
          new Scene(
              "killed while both steps are under way",
              Optional.of(new Kill("step.started", RIGHT, 300)),
              true,
              "rolled_back",
              List.of("prepare", "left", "right", "unleft", "unright", "unprepare")),
          new Scene(
              "killed while a person is asked",
              Optional.of(new Kill("step.ended", LEFT, 1500)),
              true,
              "succeeded",
              List.of("prepare", "left", "right")),
          new Scene(
              "killed while a step is taken back",
              Optional.of(new Kill("compensation.started", PREPARE, 300)),
              false,
              "failed",
              List.of("prepare", "left", "right", "unleft", "unright", "unprepare")));

  private final PrintStream out;
  private final Path dir;
  private final Ledger ledger = new Ledger();
  private final List<String> violations = new ArrayList<>();

  private StructuredDrill(PrintStream out, Path dir) {
    this.out = out;
    this.dir = dir;
  }

  /// @return whether everything held
  static boolean run(PrintStream out) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("grace-drill-");
    out.printf("GRACE drill of a structured playbook, in %s%n", dir);
    LabDir.prepare(dir);
    int port = Demo.freePort();
    String token = Demo.token(dir.resolve("token"));
    Path file = DrillConfig.write(dir, port, dir.resolve("token"), ProcessHandle.current().pid());
    Files.writeString(
        dir.resolve("playbooks").resolve(Phase.RUNNING.id() + ".yaml"),
        PLAYBOOK.formatted(Phase.RUNNING.id()));
    var drill = new StructuredDrill(out, dir);
    try (Fleet fleet = Fleet.start(dir, Demo.config(file))) {
      GraceProcess grace = GraceProcess.serve(file, port, token);
      try {
        for (Scene scene : SCENES) {
          grace = drill.play(scene, fleet, grace, () -> GraceProcess.serve(file, port, token));
        }
        drill.ledger.advance(grace);
      } finally {
        grace.close();
      }
    }
    return drill.verdict();
  }

  private interface Start {
    GraceProcess again() throws IOException, InterruptedException;
  }

  private GraceProcess play(Scene scene, Fleet fleet, GraceProcess grace, Start start)
      throws IOException, InterruptedException {
    int from = ledger.size();
    fleet.breakIt(SERVICE, "bad-flag");
    String run =
        Patience.await(
            "a run",
            LIMIT,
            () -> {
              ledger.advance(grace);
              return ledger.run(from, SERVICE.id());
            });
    GraceProcess now = grace;
    if (scene.kill().isPresent() && !scene.kill().get().kind().startsWith("compensation")) {
      now = kill(scene.kill().get(), run, now, start);
      answerIfAsked(now, run, scene.isSure());
    } else {
      answerIfAsked(now, run, scene.isSure());
      if (scene.kill().isPresent()) {
        now = kill(scene.kill().get(), run, now, start);
      }
    }
    JsonNode ended = end(now, run);
    fleet.post(SERVICE, "/admin/flags/new_pricing?state=false");
    calm(now);
    judge(scene, run, ended.path("outcome").asString());
    return now;
  }

  private GraceProcess kill(Kill kill, String run, GraceProcess grace, Start start)
      throws IOException, InterruptedException {
    var begins = new Fact(kill.kind(), run, kill.step());
    Patience.await(
        begins.toString(),
        LIMIT,
        () -> {
          ledger.advance(grace);
          return ledger.has(begins) ? Optional.of(run) : Optional.empty();
        });
    Patience.pause(Duration.ofMillis(kill.millis()));
    grace.kill();
    var said = new ByteArrayOutputStream();
    if (!JournalProof.verify(dir, new PrintStream(said, true, StandardCharsets.UTF_8))) {
      violations.add(run + ": the journal is broken: " + said.toString(StandardCharsets.UTF_8));
    }
    GraceProcess again = start.again();
    ledger.lost(again).forEach(what -> violations.add(run + ": " + what));
    return again;
  }

  /// Waits until the run asks, or went on without.
  private static void answerIfAsked(GraceProcess grace, String run, boolean isSure)
      throws IOException, InterruptedException {
    boolean asks =
        Patience.await(
            "a question of " + run,
            LIMIT,
            () -> {
              JsonNode now = grace.get("/api/runs/" + run);
              if (!now.path("questions").isEmpty()) {
                return Optional.of(true);
              }
              String phase = now.path("phase").asString();
              boolean isOn = List.of("proposed", "approved", "running").contains(phase);
              return isOn ? Optional.empty() : Optional.of(false);
            });
    if (asks) {
      grace.post(
          "/api/runs/" + run + "/answer", Map.of("answer", isSure, "reason", "structured drill"));
    }
  }

  private static JsonNode end(GraceProcess grace, String run)
      throws IOException, InterruptedException {
    return Patience.await(
        "the end of " + run,
        LIMIT,
        () -> {
          JsonNode now = grace.get("/api/runs/" + run);
          return now.hasNonNull("ended_at") ? Optional.of(now) : Optional.empty();
        });
  }

  private void calm(GraceProcess grace) throws IOException, InterruptedException {
    Patience.await(
        "no open run and no open incident",
        LIMIT,
        () -> {
          JsonNode status = grace.get("/api/status");
          boolean isCalm =
              status.path("open_runs").asInt(1) == 0 && status.path("open_incidents").asInt(1) == 0;
          return isCalm ? Optional.of(status) : Optional.empty();
        });
  }

  private void judge(Scene scene, String run, String outcome) throws IOException {
    List<String> marks = marks(run);
    boolean isRight = outcome.equals(scene.outcome()) && sorted(marks).equals(scene.marks());
    out.printf("%-42s %-12s %s%n", scene.title(), outcome, String.join(" ", marks));
    if (!isRight) {
      violations.add(
          scene.title()
              + ": wanted "
              + scene.outcome()
              + " and "
              + scene.marks()
              + ", was "
              + outcome
              + " and "
              + marks);
    }
  }

  /// What the drill's program wrote down for the run.
  private List<String> marks(String run) throws IOException {
    var marks = new ArrayList<String>();
    for (String line : Files.readAllLines(dir.resolve("effects.log"))) {
      String[] part = line.split("\t", -1);
      if (part.length == 4 && part[1].equals("drill") && part[3].startsWith(run + "/")) {
        marks.add(part[2]);
      }
    }
    return marks;
  }

  /// Parallel steps may end in any order, and so be taken back in any.
  private static List<String> sorted(List<String> marks) {
    var sorted = new ArrayList<>(marks);
    for (String side : List.of("", "un")) {
      int left = sorted.indexOf(side + "left");
      int right = sorted.indexOf(side + "right");
      if (left > right && right >= 0) {
        sorted.set(left, side + "right");
        sorted.set(right, side + "left");
      }
    }
    return sorted;
  }

  private boolean verdict() throws IOException {
    Effects effects = Effects.read(dir.resolve("effects.log"), ledger);
    effects.doubles().forEach(line -> violations.add("applied twice: " + line));
    effects.orphans().forEach(line -> violations.add("without an intent before it: " + line));
    out.printf(
        "%neffects %d, applied twice %d, without an intent %d, journal entries %d%n",
        effects.count(), effects.doubles().size(), effects.orphans().size(), ledger.size());
    violations.forEach(what -> out.println("VIOLATED: " + what));
    out.println(violations.isEmpty() ? "Everything held." : "NOT everything held.");
    return violations.isEmpty();
  }
}
