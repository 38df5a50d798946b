package io.grace.domains.selfheal;

import io.grace.core.govern.Warrant;
import io.grace.core.loop.Command;
import io.grace.core.loop.Commands;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.TelemetrySource;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import io.grace.core.state.Snapshot.RecentOutcome;
import io.grace.domains.Eye;
import io.grace.domains.Eye.Measured;
import io.grace.domains.Hands;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.House;
import io.grace.runtime.loop.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// The healing as a patient: what waits, what is stuck, whether it helps. What it does, it asks of
/// the loop like a person, so the life cycle of runs decides. *Thread-safe.*
public final class SelfHealDomain implements Domain {
  static final ServiceId LOOP = new ServiceId("healing_loop");
  static final ServiceId APPROVALS = new ServiceId("approval_queue");
  static final ServiceId RUNS = new ServiceId("run_pipeline");
  static final ServiceId OUTCOMES = new ServiceId("healing_outcomes");
  static final Set<ServiceId> NODES = Set.of(LOOP, APPROVALS, RUNS, OUTCOMES);

  private static final String ACTOR = "grace.self_heal";
  private static final Duration INTERVAL = Duration.ofSeconds(1);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

  /// A loop without work ends a cycle this often.
  private static final Duration IDLE = Duration.ofMillis(100);

  /// Of the newest outcomes that count.
  private static final int OUTCOMES_MAX = 20;

  /// What is believed before anything was tried, as runs of which so many helped.
  private static final double PRIOR_RUNS = 5;

  private static final double PRIOR_HELPED = 4;

  private final House house;
  private final Patience patience;
  private final Hands hands;

  SelfHealDomain(House house, Patience patience, List<ActionSpec> actions) throws IOException {
    this.house = house;
    this.patience = patience;
    this.hands =
        Hands.of(
            SelfHealKind.NAME,
            actions,
            Map.of("withdraw_stale_proposals", this::withdraw, "cancel_stuck_runs", this::cancel),
            house.directory());
  }

  @Override
  public List<TelemetrySource> eyes() {
    return List.of(new Eye("domain self_heal", INTERVAL, this::read));
  }

  @Override
  public Optional<ActionProvider> hands() {
    return Optional.of(hands);
  }

  private List<Measured> read(Instant now) {
    Snapshot snapshot = house.snapshot().get();
    List<Run> waiting = Patience.waiting(snapshot);
    long oldest =
        waiting.stream()
            .mapToLong(run -> Duration.between(run.facts().proposedAt(), now).toSeconds())
            .max()
            .orElse(0);
    Duration sinceCycle = Duration.between(house.works().loop().lastCycle(), now);
    return List.of(
        new Measured(LOOP, "loop_late_ms", Math.max(0, sinceCycle.minus(IDLE).toMillis())),
        new Measured(APPROVALS, "proposals_waiting", waiting.size()),
        new Measured(APPROVALS, "proposals_stale", patience.stale(snapshot, now).size()),
        new Measured(APPROVALS, "approval_age_s", Math.max(0, oldest)),
        new Measured(RUNS, "runs_stuck", patience.stuck(snapshot, now).size()),
        new Measured(OUTCOMES, "verified_success_ratio", success(snapshot.outcomes())));
  }

  /// The share of runs that helped among the newest that acted, drawn to what was believed before:
  /// few runs say little, and none is no failure.
  static double success(List<RecentOutcome> outcomes) {
    double tried = PRIOR_RUNS;
    double helped = PRIOR_HELPED;
    int counted = 0;
    for (int i = outcomes.size() - 1; i >= 0 && counted < OUTCOMES_MAX; i--) {
      switch (outcomes.get(i).outcome()) {
        case SUCCEEDED -> {
          helped++;
          tried++;
          counted++;
        }
        case FAILED, ROLLED_BACK, ABORTED -> {
          tried++;
          counted++;
        }
        default -> {} // Nothing was done.
      }
    }
    return helped / tried;
  }

  private Result withdraw(Warrant warrant) throws InterruptedException {
    return askForAll(
        "withdrew",
        patience.stale(house.snapshot().get(), house.clock().instant()),
        run ->
            new Command.Reject(
                run.facts().id(),
                ACTOR,
                "nobody answered within " + patience.staleAfter() + "; withdrawn"));
  }

  private Result cancel(Warrant warrant) throws InterruptedException {
    return askForAll(
        "cancelled",
        patience.stuck(house.snapshot().get(), house.clock().instant()),
        run ->
            new Command.Cancel(
                run.facts().id(), ACTOR, "no progress within " + patience.stuckAfter()));
  }

  private Result askForAll(String did, List<Run> runs, Function<Run, Command> command)
      throws InterruptedException {
    int done = 0;
    for (Run run : runs) {
      Optional<Reply.Answer> answer = house.works().ask(command.apply(run), ANSWER_LIMIT);
      if (answer.isEmpty()) {
        return new Result.Unknown("the loop did not answer in time about " + run.facts().id());
      }
      // A refusal is fine: the run went on by itself meanwhile.
      done += answer.get() instanceof Reply.Answer.Decided(Commands.Outcome.Accepted _) ? 1 : 0;
    }
    return new Result.Done(did + " " + done + " of " + runs.size());
  }

  @Override
  public void close() {
    // Nothing of it runs by itself.
  }
}
