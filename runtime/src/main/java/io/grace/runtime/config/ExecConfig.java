package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// An action that is a program on this machine. *Immutable.*
///
/// @param args `{parameter}` and `{target}` each stand for exactly one whole argument
/// @param environment everything that the program sees; values may hold `${env:NAME}` and
///   `${file:/path}`
/// @param unchangedExitCodes by which the program vouches that it changed nothing
public record ExecConfig(
    String action,
    Set<ServiceId> targets,
    Path program,
    List<String> args,
    Map<String, Bound> parameters,
    Map<String, String> environment,
    Path directory,
    Set<Integer> unchangedExitCodes,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  /// The name of the provider that performs it.
  public static final String PROVIDER = "exec";

  private static final Duration LONGEST = Duration.ofMinutes(30);

  public ExecConfig {
    targets = Set.copyOf(targets);
    args = List.copyOf(args);
    parameters = Map.copyOf(parameters);
    environment = Map.copyOf(environment);
    unchangedExitCodes = Set.copyOf(unchangedExitCodes);
    if (!program.isAbsolute()) {
      throw new IllegalArgumentException("program must be an absolute path: " + program);
    }
    for (String parameter : new TreeMap<>(parameters).keySet()) {
      if (!args.contains("{" + parameter + "}")) {
        throw new IllegalArgumentException(
            "'{" + parameter + "}' must be an argument of its own in args");
      }
    }
    for (String arg : args) {
      boolean isPlaceholder = arg.startsWith("{") && arg.endsWith("}") && !arg.equals("{target}");
      if (isPlaceholder && !parameters.containsKey(arg.substring(1, arg.length() - 1))) {
        throw new IllegalArgumentException("args name a parameter that is not declared: " + arg);
      }
    }
    if (!timeout.isPositive() || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout must be more than 0 and at most 30m: " + Shown.duration(timeout));
    }
  }

  public ActionSpec spec() {
    return new ActionSpec(action, PROVIDER, parameters, impact, reversible, targets);
  }
}
