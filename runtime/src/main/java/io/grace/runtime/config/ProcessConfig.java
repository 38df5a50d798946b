package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How the instances of one service are run on this machine. *Immutable.*
///
/// @param command the program and its arguments; `{instance}` stands for the instance's number
/// @param environment values may hold `{instance}`, `${env:NAME}` and `${file:/path}`
/// @param readiness a URL that answers 2xx once an instance can work, with `{instance}` and
///   `{port}`
public record ProcessConfig(
    ServiceId service,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    int minInstances,
    int maxInstances,
    Duration stopTimeout,
    Optional<String> readiness) {
  /// Whoever needs longer to end would hold up every run.
  private static final Duration LONGEST_STOP = Duration.ofMinutes(10);

  public ProcessConfig {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("command must name a program");
    }
    if (maxInstances < minInstances) {
      throw new IllegalArgumentException(
          "max_instances must be at least min_instances: " + maxInstances + " < " + minInstances);
    }
    if (stopTimeout.compareTo(LONGEST_STOP) > 0) {
      throw new IllegalArgumentException(
          "stop_timeout must be at most 10m: " + Shown.duration(stopTimeout));
    }
  }
}
