package io.grace.domains.ml;

import io.grace.core.govern.Warrant;
import io.grace.core.model.Argument;
import io.grace.core.model.Hash;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.domains.Hands;
import io.grace.domains.disk.Deeds;
import io.grace.domains.ml.Watch.Finding;
import io.grace.domains.series.Recorded;
import io.grace.domains.series.SeriesSource;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Trains, goes back, makes room and recovers, each only under a warrant. *Thread-safe.*
final class MlDeeds implements Hands.Deed {
  /// Left of a warrant's time to say what came of it.
  private static final Duration MARGIN = Duration.ofSeconds(1);

  /// Between models of which one step remembers something; no name has it.
  private static final String AND = ";";

  private final Registry registry;
  private final Inference inference;
  private final Jobs jobs;
  private final Watch watch;
  private final Outside outside;
  private final SeriesSource source;
  private final InstantSource clock;
  private final Deeds deeds;

  MlDeeds(
      Registry registry,
      Inference inference,
      Jobs jobs,
      Watch watch,
      Outside outside,
      SeriesSource source,
      InstantSource clock,
      Deeds deeds) {
    this.registry = registry;
    this.inference = inference;
    this.jobs = jobs;
    this.watch = watch;
    this.outside = outside;
    this.source = source;
    this.clock = clock;
    this.deeds = deeds;
  }

  @Override
  public Result perform(Warrant warrant) throws InterruptedException {
    try {
      return switch (warrant.action().name()) {
        case MlNodes.RETRAIN_MODEL -> retrain(warrant);
        case MlNodes.ROLLBACK -> rollback(warrant);
        case MlNodes.RESTORE_DEPLOYMENT -> restoreDeployment(warrant);
        case MlNodes.SCALE -> scale(warrant);
        case MlNodes.RESTORE_SCALE -> restoreScale(warrant);
        case MlNodes.RECOVER -> recover();
        default -> throw new IllegalStateException(warrant + " is declared and not performed");
      };
    } catch (Refused e) {
      return new Result.Failed(e.text(), e.kind() == Refused.Kind.TEMPORARILY_UNAVAILABLE);
    } catch (RejectedExecutionException _) {
      return new Result.Failed("too many trainings wait already", true);
    } catch (IOException e) {
      return new Result.Unknown("the disk refused: " + e.getMessage());
    }
  }

  /// Trains every model that should be, the one that drifted most first.
  private Result retrain(Warrant warrant) throws IOException, InterruptedException {
    boolean isForAccuracy = warrant.action().target().equals(MlNodes.INFERENCE);
    List<Finding> wanted = watch.wanted(clock.instant(), isForAccuracy);
    if (wanted.isEmpty()) {
      return new Result.Failed("no model is due to be trained", false);
    }
    Hash key = Hash.sha256(warrant.idempotencyKey());
    deeds.remember(
        warrant,
        wanted.stream()
            .map(f -> f.spec().name() + " " + number(f.production()))
            .collect(Collectors.joining(AND)));
    for (int i = 0; i < wanted.size(); i++) {
      submit(wanted.get(i), jobId(key, i), key);
    }
    var told = new ArrayList<String>();
    boolean isAnyStaged = false;
    for (int i = 0; i < wanted.size(); i++) {
      Duration left = Duration.between(clock.instant(), warrant.expires()).minus(MARGIN);
      Jobs.Status status = jobs.await(jobId(key, i), left).orElseThrow();
      told.add(status.detail());
      if (!status.isOver()) {
        return new Result.Unknown(status.id() + " was not over in time: " + status.detail());
      }
      Finding one = wanted.get(i);
      isAnyStaged |= number(registry.production(one.spec().name())) != number(one.production());
    }
    inference.refresh();
    String detail = String.join("; ", told);
    return isAnyStaged ? new Result.Done(detail) : new Result.Failed(detail, false);
  }

  private static String jobId(Hash key, int index) {
    return "job-" + key.brief() + "-" + index;
  }

  private void submit(Finding one, String id, Hash key) throws IOException {
    ModelSpec spec = one.spec();
    Optional<Recorded> data = source.newest(spec.id(), spec.length());
    if (data.isPresent()) {
      long seed = Long.parseUnsignedLong(key.value().substring(0, 15), 16);
      jobs.submit(
          new Job(
              id, spec, number(one.production()), seed, clock.millis(), Job.State.OPEN, "waits"),
          data.get());
    }
  }

  private static int number(Optional<Version> version) {
    return version.map(Version::number).orElse(0);
  }

  private Result rollback(Warrant warrant) throws IOException, Refused, InterruptedException {
    Finding worst = watch.worst(clock.instant()).orElse(null);
    Optional<Outside.Finding> worstOutside = outside.worst();
    if (worstOutside.isPresent() && isWorse(worstOutside.get(), worst)) {
      String found = outside.rollback(worstOutside.get());
      deeds.remember(warrant, found);
      return new Result.Done("outside: " + found + " is no longer in production");
    }
    Version now = worst == null ? null : worst.production().orElse(null);
    if (now == null) {
      return new Result.Failed("nothing is in production that could go back", false);
    }
    Optional<Version> before = registry.before(now.model());
    if (before.isEmpty()) {
      return new Result.Failed("there is no earlier version than " + now + " to go back to", false);
    }
    registry.artifact(before.get()); // A version that is not whole is nothing to go back to.
    deeds.remember(warrant, now.model() + " " + now.number());
    registry.tag(now.model(), now.number(), Tags.ROLLED_BACK, warrant.run().toString());
    registry.move(now.model(), before.get().number(), Stage.PRODUCTION, true);
    inference.refresh();
    return new Result.Done(now + " gave way to " + before.get());
  }

  private static boolean isWorse(Outside.Finding outside, @Nullable Finding own) {
    return own == null || (!own.isDamaged() && outside.accuracy() < own.accuracy().orElse(1));
  }

  /// Gives back what a step of the same run took out of production.
  private Result restoreDeployment(Warrant warrant)
      throws IOException, Refused, InterruptedException {
    String found = deeds.found(warrant).orElse("");
    if (found.startsWith(Outside.MARK)) {
      return new Result.Done(outside.restore(found));
    }
    if (found.isEmpty()) {
      return new Result.Done("nothing was changed, so nothing is given back");
    }
    var told = new ArrayList<String>();
    for (String one : found.split(AND)) {
      told.add(giveBack(one));
    }
    inference.refresh();
    return new Result.Done(String.join("; ", told));
  }

  private String giveBack(String found) throws Refused {
    int space = found.lastIndexOf(' ');
    String model = found.substring(0, space);
    int number = Integer.parseInt(found.substring(space + 1));
    Optional<Version> now = registry.production(model);
    if (number > 0) {
      registry.move(model, number, Stage.PRODUCTION, true);
      return model + " " + number + " is in production again";
    }
    if (now.isPresent()) {
      registry.move(model, now.get().number(), Stage.ARCHIVED, false);
    }
    return model + " is in none again";
  }

  private Result scale(Warrant warrant) throws IOException {
    int now = inference.workers();
    int delta =
        warrant.action().arguments().get(MlNodes.DELTA) instanceof Argument.Whole(long value)
            ? (int) value
            : 0;
    int next = Math.min(Workers.MOST, now + delta);
    if (next == now) {
      return new Result.Failed(
          "there are " + now + " workers already, the most there may be", false);
    }
    deeds.remember(warrant, String.valueOf(now));
    inference.resize(next);
    return new Result.Done("from " + now + " workers to " + next);
  }

  private Result restoreScale(Warrant warrant) throws IOException {
    Optional<String> found = deeds.found(warrant);
    if (found.isEmpty()) {
      return new Result.Done("nothing was changed, so nothing is given back");
    }
    inference.resize(Integer.parseInt(found.get()));
    return new Result.Done("back to " + found.get() + " workers");
  }

  private Result recover() throws IOException {
    List<String> done = jobs.recover();
    return done.isEmpty()
        ? new Result.Failed("no job is stalled", false)
        : new Result.Done(String.join("; ", done));
  }
}
