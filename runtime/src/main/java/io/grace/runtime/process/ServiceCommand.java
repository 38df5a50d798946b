package io.grace.runtime.process;

import io.grace.core.model.Hash;
import io.grace.core.model.ServiceId;
import io.grace.runtime.secrets.SecretText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How the instances of one service are run on this machine. *Immutable.*
///
/// @param command the program and its arguments; `{instance}` stands for the instance's number
/// @param environment what the instance sees besides PATH, HOME and the like; `{instance}` and
///   `${env:NAME}`, `${file:/path}` are filled in at the start
/// @param minInstances how many `start` brings up, and the least that scaling leaves
/// @param stopTimeout how long an instance may take to end by itself
/// @param readiness a URL that answers 2xx once an instance can work, with `{instance}` and
///   `{port}` (as registered); null if living is enough
public record ServiceCommand(
    ServiceId service,
    List<String> command,
    Path directory,
    Map<String, String> environment,
    int minInstances,
    int maxInstances,
    Duration stopTimeout,
    @Nullable String readiness) {
  /// More on one machine is a slip of the pen.
  private static final int INSTANCES_MAX = 1_000;

  /// Whoever needs longer to end would hold up every run.
  private static final Duration STOP_TIMEOUT_MAX = Duration.ofMinutes(10);

  public ServiceCommand {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException(service + ": the command must name a program");
    }
    if (minInstances < 0
        || maxInstances < Math.max(1, minInstances)
        || maxInstances > INSTANCES_MAX) {
      throw new IllegalArgumentException(
          service
              + ": instances must be 0 ≤ min ≤ max ≤ "
              + INSTANCES_MAX
              + ", max at least 1: "
              + minInstances
              + ", "
              + maxInstances);
    }
    if (stopTimeout.isNegative() || stopTimeout.compareTo(STOP_TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          service + ": stop timeout must be 0 to 10 minutes: " + stopTimeout);
    }
  }

  List<String> commandOf(int instance) {
    return command.stream().map(argument -> filled(argument, instance)).toList();
  }

  Map<String, SecretText> environmentOf(int instance) {
    return environment.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> new SecretText(filled(entry.getValue(), instance))));
  }

  /// Says whether two instances were started the same way; holds references to secrets, not
  /// secrets.
  Hash hash() {
    return Hash.sha256(
        String.join("\0", command) + "\0\0" + directory + "\0\0" + new TreeMap<>(environment));
  }

  private static String filled(String text, int instance) {
    return text.replace("{instance}", Integer.toString(instance));
  }
}
