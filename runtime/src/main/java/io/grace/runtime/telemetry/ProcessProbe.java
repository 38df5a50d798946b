package io.grace.runtime.telemetry;

import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.runtime.process.Instance;
import io.grace.runtime.process.ProcessHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Looks whether the processes of a service live and how much memory they hold. *Thread-safe.*
///
/// `up` is the share of the instances that should run (started and not stopped, at least the
/// declared minimum), `rss_bytes` the resident memory of the largest; Linux only.
public final class ProcessProbe implements TelemetrySource {
  private final Watch watch;
  private final ProcessHost host;

  public ProcessProbe(Watch watch, ProcessHost host) {
    this.watch = watch;
    this.host = host;
  }

  @Override
  public String name() {
    return watch.name();
  }

  @Override
  public Duration interval() {
    return watch.interval();
  }

  @Override
  public List<Signal> collect(Instant now) {
    var recorded = host.instances(watch.service());
    var living = recorded.stream().filter(Instance::isAlive).toList();
    int wanted =
        Math.max(1, Math.max(recorded.size(), host.command(watch.service()).minInstances()));
    var signals = new ArrayList<Signal>();
    signals.add(watch.signal("up", (double) living.size() / wanted, now));
    signals.add(watch.signal("instances_up", living.size(), now));
    living.stream()
        .map(ProcessProbe::residentBytes)
        .flatMapToLong(OptionalLong::stream)
        .max()
        .ifPresent(bytes -> signals.add(watch.signal("rss_bytes", bytes, now)));
    return List.copyOf(signals);
  }

  private static OptionalLong residentBytes(Instance instance) {
    try {
      for (var line : Files.readAllLines(Path.of("/proc/" + instance.pid() + "/status"))) {
        if (line.startsWith("VmRSS:")) {
          var kibibytes = line.replaceAll("\\D", "");
          return OptionalLong.of(Long.parseLong(kibibytes) * 1024);
        }
      }
    } catch (IOException _) {
      // It ended just now, or this is not Linux.
    }
    return OptionalLong.empty();
  }
}
