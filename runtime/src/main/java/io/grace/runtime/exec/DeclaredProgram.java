package io.grace.runtime.exec;

import io.grace.core.model.Action;
import io.grace.core.model.ActionSpec;
import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import io.grace.core.model.Impact;
import io.grace.core.model.ServiceId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A program that may be run for some services. *Immutable.*
///
/// @param action its name as an action, unique
/// @param argv the program's absolute path and its arguments; `{parameter}` and `{target}` each
///   stand for exactly one whole argument
/// @param environment everything that the program sees; values may hold `${env:NAME}` and
///   `${file:/path}`
/// @param unchangedExitCodes by which the program vouches that it changed nothing
public record DeclaredProgram(
    String action,
    Set<ServiceId> targets,
    List<String> argv,
    Map<String, Bound> parameters,
    Map<String, String> environment,
    Path directory,
    Set<Integer> unchangedExitCodes,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  private static final String TARGET = "{target}";

  /// No step of a run may take longer.
  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(30);

  public DeclaredProgram {
    targets = Set.copyOf(targets);
    argv = List.copyOf(argv);
    parameters = Map.copyOf(parameters);
    environment = Map.copyOf(environment);
    unchangedExitCodes = Set.copyOf(unchangedExitCodes);
    if (argv.isEmpty() || !Path.of(argv.getFirst()).isAbsolute()) {
      throw new IllegalArgumentException(
          action
              + ": the program must be an absolute path: "
              + (argv.isEmpty() ? "" : argv.getFirst()));
    }
    for (var parameter : parameters.keySet()) {
      if (!argv.contains("{" + parameter + "}")) {
        throw new IllegalArgumentException(
            action + ": {" + parameter + "} must be an argument of its own in " + argv);
      }
    }
    for (var element : argv) {
      if (isPlaceholder(element)
          && !element.equals(TARGET)
          && !parameters.containsKey(element.substring(1, element.length() - 1))) {
        throw new IllegalArgumentException(action + ": " + element + " is not declared");
      }
    }
    if (unchangedExitCodes.contains(0)) {
      throw new IllegalArgumentException(action + ": exit code 0 means done");
    }
    if (!timeout.isPositive() || timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw new IllegalArgumentException(
          action + ": timeout must be more than 0 and at most 30 minutes: " + timeout);
    }
  }

  Path program() {
    return Path.of(argv.getFirst());
  }

  ActionSpec spec() {
    return new ActionSpec(action, ExecProvider.NAME, parameters, impact, reversible, targets);
  }

  /// The arguments as the program gets them, itself first.
  ///
  /// @throws Refused if a text could be taken for an option or cannot be an argument
  List<String> argvOf(Action asked) throws Refused {
    var filled = new ArrayList<String>();
    for (var element : argv) {
      if (element.equals(TARGET)) {
        filled.add(asked.target().value());
      } else if (isPlaceholder(element)) {
        filled.add(argument(asked, element.substring(1, element.length() - 1)));
      } else {
        filled.add(element);
      }
    }
    return filled;
  }

  private static String argument(Action asked, String parameter) throws Refused {
    var argument = asked.arguments().get(parameter);
    var text = String.valueOf(argument);
    if (argument instanceof Argument.Text && text.startsWith("-")) {
      throw new Refused(parameter + " must not begin with -, it would be taken for an option");
    }
    if (text.indexOf('\0') >= 0) {
      throw new Refused(parameter + " must not contain a NUL character");
    }
    return text;
  }

  private static boolean isPlaceholder(String element) {
    return element.startsWith("{") && element.endsWith("}");
  }

  /// The program cannot be run as asked; nothing was started.
  static final class Refused extends Exception {
    Refused(String why) {
      super(why);
    }
  }
}
