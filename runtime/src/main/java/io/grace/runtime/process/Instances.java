package io.grace.runtime.process;

import io.grace.core.model.ServiceId;
import io.grace.core.spi.ActionProvider.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts and ends single instances and keeps the record of them. Whoever calls holds the service's
/// lock.
final class Instances {
  /// Left for answering after the last wait, so that a result is there before the permission ends.
  private static final Duration MARGIN = Duration.ofMillis(500);

  private final InstanceFiles files;
  private final InstanceRegistry registry;
  private final InstantSource clock;
  private final Readiness readiness;

  Instances(InstanceFiles files, InstanceRegistry registry, InstantSource clock) {
    this.files = files;
    this.registry = registry;
    this.clock = clock;
    this.readiness = new Readiness(registry, clock);
  }

  List<Instance> of(ServiceId service) {
    return files.list(service);
  }

  Path output(ServiceId service, int number) {
    return files.output(service, number);
  }

  /// Starts all, then waits until all are ready.
  Result launch(ServiceCommand command, List<Launch> launches, String key, Instant deadline)
      throws InterruptedException {
    var started = new ArrayList<Instance>();
    for (var launch : launches) {
      try {
        registry.forget(command.service(), launch.number());
        started.add(launch.start(key, files));
      } catch (IOException e) {
        var why = command.service() + "-" + launch.number() + " was not started: " + e.getMessage();
        return started.isEmpty()
            ? new Result.Failed(why, true)
            : new Result.Unknown("started " + started + "; " + why);
      }
    }
    for (var instance : started) {
      Optional<String> trouble = readiness.await(command, instance, deadline.minus(MARGIN));
      if (trouble.isPresent()) {
        var output = files.output(command.service(), instance.number());
        return new Result.Unknown("started " + started + "; " + trouble.get() + ", see " + output);
      }
    }
    return new Result.Done("started " + started);
  }

  /// Ends the instances and forgets them.
  Result end(ServiceCommand command, List<Instance> ending, Instant deadline)
      throws InterruptedException {
    var processes = ending.stream().flatMap(instance -> instance.process().stream()).toList();
    var left = Ending.end(processes, grace(command, deadline));
    if (!left.isEmpty()) {
      var pids = left.stream().map(ProcessHandle::pid).toList();
      return new Result.Unknown("killed, and still there: pids " + pids);
    }
    try {
      for (var instance : ending) {
        registry.forget(instance.service(), instance.number());
        files.delete(instance);
      }
    } catch (IOException e) {
      return new Result.Unknown("ended " + ending + ", but not forgotten: " + e.getMessage());
    }
    return new Result.Done(
        ending.isEmpty() ? command.service() + " did not run" : "ended " + ending);
  }

  private Duration grace(ServiceCommand command, Instant deadline) {
    var left =
        Duration.between(clock.instant(), deadline).minus(Ending.killTimeout()).minus(MARGIN);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(command.stopTimeout()) < 0 ? left : command.stopTimeout();
  }
}
