package io.grace.runtime.process;

import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import io.grace.core.spi.Secrets;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Runs the declared services of this machine as processes that outlive GRACE and are found again.
/// *Thread-safe*: one action on a service at a time.
///
/// Nothing here tells a repeat from a first request; that is [ProcessProvider]'s part.
public final class ProcessHost {
  private final Map<ServiceId, ServiceCommand> commands;
  private final Map<ServiceId, ReentrantLock> locks;
  private final Secrets secrets;
  private final InstantSource clock;
  private final Instances instances;

  /// @param stateDir where the instances and their output are kept; made if there is none
  /// @param registry where instances say on which port they listen
  public ProcessHost(
      Path stateDir,
      InstanceRegistry registry,
      Collection<ServiceCommand> commands,
      Secrets secrets,
      InstantSource clock)
      throws IOException {
    this.commands =
        commands.stream()
            .collect(Collectors.toUnmodifiableMap(ServiceCommand::service, Function.identity()));
    this.locks =
        this.commands.keySet().stream()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), _ -> new ReentrantLock()));
    this.secrets = secrets;
    this.clock = clock;
    this.instances = new Instances(new InstanceFiles(stateDir.toAbsolutePath()), registry, clock);
  }

  public Set<ServiceId> services() {
    return commands.keySet();
  }

  /// The declaration of a service.
  ///
  /// @throws IllegalArgumentException if it is not declared
  public ServiceCommand command(ServiceId service) {
    var command = commands.get(service);
    if (command == null) {
      throw new IllegalArgumentException("no process is declared for " + service);
    }
    return command;
  }

  /// What was started and not stopped since, in the order of the numbers; crashed ones included.
  public List<Instance> instances(ServiceId service) {
    return instances.of(service);
  }

  /// Where the output of an instance goes.
  public Path output(ServiceId service, int number) {
    return instances.output(service, number);
  }

  /// Brings up what crashed, and at least the declared number.
  ///
  /// @param key passed to the instances as `GRACE_IDEMPOTENCY_KEY`
  public Result start(ServiceId service, String key, Instant deadline) throws InterruptedException {
    return alone(service, deadline, command -> start(command, key, deadline));
  }

  /// Ends every instance; those that do not end by themselves in time are killed.
  public Result stop(ServiceId service, Instant deadline) throws InterruptedException {
    return alone(
        service, deadline, command -> instances.end(command, instances.of(service), deadline));
  }

  /// Ends and starts the instances one after the other, each ready before the next is touched.
  public Result restart(ServiceId service, String key, Instant deadline)
      throws InterruptedException {
    return alone(service, deadline, command -> restart(command, key, deadline));
  }

  /// Adds instances, or ends those with the highest numbers.
  ///
  /// @param delta not 0; the number that results must be within the declared bounds
  public Result scale(ServiceId service, int delta, String key, Instant deadline)
      throws InterruptedException {
    return alone(service, deadline, command -> scale(command, delta, key, deadline));
  }

  private Result start(ServiceCommand command, String key, Instant deadline)
      throws InterruptedException {
    var recorded = instances.of(command.service());
    var living = recorded.stream().filter(Instance::isAlive).toList();
    int wanted = Math.max(Math.max(1, command.minInstances()), recorded.size());
    if (living.size() >= wanted) {
      return new Result.Done(command.service() + " runs already: " + living);
    }
    return add(command, living, wanted - living.size(), key, deadline);
  }

  private Result restart(ServiceCommand command, String key, Instant deadline)
      throws InterruptedException {
    var recorded = instances.of(command.service());
    if (recorded.isEmpty()) {
      return start(command, key, deadline);
    }
    var launches = new ArrayList<Launch>();
    try {
      for (var instance : recorded) {
        launches.add(Launch.of(command, instance.number(), secrets));
      }
    } catch (Launch.Refused e) {
      return new Result.Failed(e.why(), false);
    }
    for (int i = 0; i < recorded.size(); i++) {
      var progress = "restarted " + i + " of " + recorded.size() + "; ";
      if (i > 0 && !clock.instant().isBefore(deadline)) {
        return new Result.Unknown(progress + "no time was left for " + recorded.get(i));
      }
      var ended = instances.end(command, List.of(recorded.get(i)), deadline);
      if (!(ended instanceof Result.Done)) {
        return new Result.Unknown(progress + ended.detail());
      }
      var started = instances.launch(command, List.of(launches.get(i)), key, deadline);
      if (!(started instanceof Result.Done)) {
        return new Result.Unknown(progress + ended.detail() + "; " + started.detail());
      }
    }
    return new Result.Done("restarted " + instances.of(command.service()));
  }

  private Result scale(ServiceCommand command, int delta, String key, Instant deadline)
      throws InterruptedException {
    var recorded = instances.of(command.service());
    var living = recorded.stream().filter(Instance::isAlive).toList();
    int wanted = living.size() + delta;
    if (delta == 0 || wanted < command.minInstances() || wanted > command.maxInstances()) {
      return new Result.Failed(outOfBounds(command, living.size(), delta), false);
    }
    return delta > 0
        ? add(command, living, delta, key, deadline)
        : instances.end(command, living.subList(wanted, living.size()), deadline);
  }

  private static String outOfBounds(ServiceCommand command, int living, int delta) {
    return delta == 0
        ? "the number of instances must change by something: 0"
        : command.service()
            + " must keep "
            + command.minInstances()
            + " to "
            + command.maxInstances()
            + " instances: "
            + living
            + " running, change "
            + delta;
  }

  private Result add(
      ServiceCommand command, List<Instance> living, int count, String key, Instant deadline)
      throws InterruptedException {
    var taken = living.stream().map(Instance::number).collect(Collectors.toSet());
    var launches = new ArrayList<Launch>();
    try {
      for (int number :
          IntStream.iterate(1, n -> n + 1).filter(n -> !taken.contains(n)).limit(count).toArray()) {
        launches.add(Launch.of(command, number, secrets));
      }
    } catch (Launch.Refused e) {
      return new Result.Failed(e.why(), false);
    }
    return instances.launch(command, launches, key, deadline);
  }

  @FunctionalInterface
  private interface Work {
    Result on(ServiceCommand command) throws InterruptedException;
  }

  private Result alone(ServiceId service, Instant deadline, Work work) throws InterruptedException {
    var command = commands.get(service);
    var lock = locks.get(service);
    if (command == null || lock == null) {
      return new Result.Failed("no process is declared for " + service, false);
    }
    long millis = Duration.between(clock.instant(), deadline).toMillis();
    if (millis <= 0) {
      return new Result.Failed("no time was left to begin", false);
    }
    if (!lock.tryLock(millis, TimeUnit.MILLISECONDS)) {
      return new Result.Failed("another action on " + service + " is still under way", true);
    }
    try {
      return work.on(command);
    } finally {
      lock.unlock();
    }
  }
}
