package io.grace.runtime.effect;

import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Warrant;
import io.grace.core.model.RunId;
import io.grace.core.policy.Policy;
import io.grace.core.spi.ActionProvider;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Working;
import io.grace.core.state.Snapshot;
import io.grace.runtime.loop.Hands;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The hands: performs the steps and undos whose intent is journaled, each on a virtual thread and
/// each at most once in a life. [#perform] is *owned by the loop thread*.
public final class Effector implements Hands, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Effector.class);

  /// Actions at the same time; one run per service is the usual limit, this is the last one.
  private static final int MOST_AT_ONCE = 64;

  /// What a provider says is cut to what a person reads.
  private static final int LONGEST_DETAIL = 1000;

  private final InstantSource clock;
  private final Policy policy;
  private final Map<String, ActionProvider> providers;
  private final Consumer<RunEvent> results;
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Map<String, Effect> underWay = new HashMap<>();

  /// Keys of those that were told to stop and did not end yet.
  private final Set<String> stopped = new HashSet<>();

  private record Effect(String key, RunId run, int step, Thread thread) {}

  /// @param providers by name
  /// @param results takes what came of a step; called on other threads
  public Effector(
      InstantSource clock,
      Policy policy,
      Map<String, ActionProvider> providers,
      Consumer<RunEvent> results) {
    this.clock = clock;
    this.policy = policy;
    this.providers = Map.copyOf(providers);
    this.results = results;
  }

  @Override
  public void perform(Snapshot snapshot) {
    var wanted = new HashMap<String, Runnable>();
    for (Run run : snapshot.runs().values()) {
      for (Warrant warrant : warrants(run, snapshot.life().epoch())) {
        wanted.put(warrant.idempotencyKey(), () -> startIfFree(warrant));
      }
    }
    underWay.values().removeIf(effect -> !wanted.containsKey(effect.key()) && hasEnded(effect));
    // An intent from before the pause that could not begin yet does not begin now.
    if (!snapshot.isPaused()) {
      wanted.values().forEach(Runnable::run);
    }
  }

  /// Stops what is no longer asked for; it counts as under way until it really ended.
  private boolean hasEnded(Effect effect) {
    if (stopped.add(effect.key())) {
      effect.thread().interrupt(); // Too late to matter; its result will be dropped.
    }
    boolean hasEnded = !effect.thread().isAlive();
    if (hasEnded) {
      stopped.remove(effect.key());
    }
    return hasEnded;
  }

  /// One effect of a step at a time, and an undo only when nothing of its run is under way: one
  /// that overtook its step would leave the step done.
  private void startIfFree(Warrant warrant) {
    String key = warrant.idempotencyKey();
    boolean isBusy =
        underWay.values().stream()
            .anyMatch(e -> e.key().equals(key) || (isInTheWay(e, warrant) && e.thread().isAlive()));
    if (!isBusy) {
      underWay.put(key, new Effect(key, warrant.run(), warrant.step(), start(warrant)));
    }
  }

  private static boolean isInTheWay(Effect effect, Warrant warrant) {
    return effect.run().equals(warrant.run())
        && (warrant.isUndo() || effect.step() == warrant.step());
  }

  /// Only what this life meant to do; an intent of an earlier life is never carried out.
  private List<Warrant> warrants(Run run, long epoch) {
    return switch (run) {
      case Working w -> Gate.warrants(w, epoch, policy);
      case Compensating c when c.epoch() == epoch -> List.of(Gate.warrant(c, policy));
      default -> List.of();
    };
  }

  private Thread start(Warrant warrant) {
    return Thread.ofVirtual()
        .name("effect " + warrant.idempotencyKey())
        .start(() -> results.accept(result(warrant, attempt(warrant))));
  }

  private Result attempt(Warrant warrant) {
    if (!room.tryAcquire()) {
      return new Result.Failed("more than " + MOST_AT_ONCE + " actions at once", true);
    }
    try {
      var spec = policy.catalogue().get(warrant.action().name());
      var provider = spec == null ? null : providers.get(spec.provider());
      if (provider == null) {
        return new Result.Failed("no provider performs " + warrant.action().name(), false);
      }
      if (!clock.instant().isBefore(warrant.expires())) {
        return new Result.Failed("its time was over before it began", false);
      }
      return provider.perform(warrant);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Result.Unknown("it was stopped before it ended");
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("action", warrant.action())
          .addKeyValue("key", warrant.idempotencyKey())
          .setCause(e)
          .log("an action provider failed in an unforeseen way");
      return new Result.Unknown("the provider failed: " + e.getClass().getSimpleName());
    } finally {
      room.release();
    }
  }

  private RunEvent result(Warrant warrant, Result result) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MICROS);
    StepOutcome outcome =
        switch (result) {
          case Result.Done _ -> StepOutcome.DONE;
          case Result.Failed(_, boolean passing) ->
              passing ? StepOutcome.PASSING : StepOutcome.FAILED;
          case Result.Unknown _ -> StepOutcome.UNKNOWN;
        };
    return warrant.isUndo()
        ? new CompensationEnded(warrant.run(), warrant.step(), outcome, cut(result.detail()), at)
        : new StepEnded(
            warrant.run(), warrant.step(), warrant.attempt(), outcome, cut(result.detail()), at);
  }

  private static String cut(String detail) {
    return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
  }

  /// Leaves what is under way alone: the next life finds its intent in the journal.
  @Override
  public void close() {
    underWay.values().forEach(effect -> effect.thread().interrupt());
  }
}
