package io.grace.lab.chaos;

import io.grace.lab.chaos.Ledger.Fact;
import io.grace.lab.demo.Fleet;
import io.grace.lab.demo.GraceProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/// A fault, a run, a kill in one phase of the run, a new life, and what became of the run. Owned by
/// the drill's thread.
final class Round {
  private static final Duration PHASE_LIMIT = Duration.ofSeconds(40);
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final Duration CALM_LIMIT = Duration.ofSeconds(40);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(3);

  private static final Set<String> OPEN =
      Set.of("proposed", "approved", "running", "verifying", "compensating");

  private final Phase phase;
  private final Fleet fleet;
  private final Ledger ledger;
  private final RandomGenerator random;
  private final int from;
  private Optional<Approval> approval = Optional.empty();

  Round(Phase phase, Fleet fleet, Ledger ledger, RandomGenerator random) {
    this.phase = phase;
    this.fleet = fleet;
    this.ledger = ledger;
    this.random = random;
    this.from = ledger.size();
  }

  /// Breaks a service and waits until its run is in the phase.
  ///
  /// @return the run
  String begin(GraceProcess grace) throws IOException, InterruptedException {
    fleet.breakIt(phase.service(), "bad-flag");
    String service = phase.service().id();
    String run =
        Patience.await(
            "a run for " + service,
            PHASE_LIMIT,
            () -> {
              ledger.advance(grace);
              return ledger.run(from, service);
            });
    Fact begins = phase.begins(run, random);
    Patience.await(
        begins + " of " + run,
        PHASE_LIMIT,
        () -> {
          ledger.advance(grace);
          return ledger.has(begins) ? Optional.of(run) : Optional.empty();
        });
    return run;
  }

  /// Kills GRACE somewhere within the phase.
  ///
  /// @return after how long
  Duration kill(GraceProcess grace, String run) throws IOException, InterruptedException {
    if (phase == Phase.APPROVED) {
      approval = Optional.of(Approval.begin(grace, run));
    }
    Duration wait = Duration.ofMillis(random.nextLong(phase.length().toMillis()));
    Patience.pause(wait);
    grace.kill();
    return wait;
  }

  /// Follows the run in GRACE's new life to its end, and sees that every run of the round has one.
  ///
  /// @return how it ended
  String follow(GraceProcess grace, String run, Tally tally)
      throws IOException, InterruptedException {
    ledger.advance(grace);
    boolean wasAnswered = approval.isPresent() && approval.get().isAcknowledged(ANSWER_LIMIT);
    if (wasAnswered && !ledger.has(new Fact("run.approved", run, -1))) {
      tally.violation(run + ": GRACE confirmed the approval and has forgotten it");
    }
    boolean isCured = false;
    if (phase.isAsked() && look(grace, run).path("phase").asString().equals("proposed")) {
      isCured = random.nextBoolean();
      if (isCured) {
        cure();
      } else {
        Approval.give(grace, run);
      }
    }
    JsonNode ended = end(grace, run);
    String how = ended.path("outcome").asString(ended.path("phase").asString());
    how = how + (isCured ? " (cured by hand)" : "") + owner(grace, ended);
    cure();
    calm(grace);
    ledger.advance(grace);
    for (String each : ledger.runs(from)) {
      if (OPEN.contains(look(grace, each).path("phase").asString())) {
        tally.violation(each + " has no end");
      }
    }
    return how;
  }

  private static JsonNode look(GraceProcess grace, String run)
      throws IOException, InterruptedException {
    return grace.get("/api/runs/" + run);
  }

  /// Waits for the end; a run that asks a person is answered.
  private static JsonNode end(GraceProcess grace, String run)
      throws IOException, InterruptedException {
    boolean[] isAnswered = {false};
    return Patience.await(
        "the end of " + run,
        END_LIMIT,
        () -> {
          JsonNode now = look(grace, run);
          if (now.hasNonNull("question") && !isAnswered[0]) {
            isAnswered[0] = true;
            grace.post(
                "/api/runs/" + run + "/answer",
                Map.of("finding", "failed", "reason", "kill drill"));
          }
          return OPEN.contains(now.path("phase").asString()) ? Optional.empty() : Optional.of(now);
        });
  }

  /// A run that did not help leaves its incident to a person, unless the service is well by itself.
  private static String owner(GraceProcess grace, JsonNode run)
      throws IOException, InterruptedException {
    if (!List.of("failed", "rolled_back", "aborted").contains(run.path("phase").asString())) {
      return "";
    }
    String incident = run.path("incident").asString();
    return Patience.await(
        "an owner of " + incident,
        CALM_LIMIT,
        () -> {
          JsonNode now = grace.get("/api/incidents/" + incident);
          if (now.path("state").asString().equals("resolved")) {
            return Optional.of(", resolved");
          }
          return now.hasNonNull("escalation") ? Optional.of(", escalated") : Optional.empty();
        });
  }

  private void cure() throws IOException, InterruptedException {
    fleet.post(phase.service(), "/admin/flags/new_pricing?state=false");
  }

  private static void calm(GraceProcess grace) throws IOException, InterruptedException {
    Patience.await(
        "no open run and no open incident",
        CALM_LIMIT,
        () -> {
          JsonNode status = grace.get("/api/status");
          boolean isCalm =
              status.path("open_runs").asInt(1) == 0 && status.path("open_incidents").asInt(1) == 0;
          return isCalm ? Optional.of(status) : Optional.empty();
        });
  }
}
