package io.grace.runtime.config;

import io.grace.core.model.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the environment says; it beats the file, except that it never raises a mode that the file
/// gives. *Immutable.*
record Overrides(
    Optional<Boolean> observeOnly,
    Optional<Boolean> execute,
    Optional<Integer> runTimeoutMinutes,
    Optional<Integer> metaCycleSeconds,
    Optional<Boolean> learning) {
  static final String FILE = "environment";

  static final List<String> NAMES =
      List.of(
          "SELF_HEAL_OBSERVE_ONLY",
          "SELF_HEAL_EXECUTE",
          "SELF_HEAL_RUN_TIMEOUT_MIN",
          "META_LOOP_CYCLE_SECONDS",
          "LEARNING_AGGREGATION_ENABLED");

  static Overrides read(Map<String, String> environment, Problems problems) {
    return new Overrides(
        flag(environment, NAMES.get(0), problems),
        flag(environment, NAMES.get(1), problems),
        whole(environment, NAMES.get(2), 1, 60, problems),
        whole(environment, NAMES.get(3), 30, 600, problems),
        flag(environment, NAMES.get(4), problems));
  }

  /// The ceiling: the lower of what the file says and what the environment allows. If neither says
  /// anything, observe.
  Mode ceiling(Optional<Mode> file) {
    if (observeOnly.isEmpty()) {
      Mode mode = file.orElse(Mode.OBSERVE);
      return execute.equals(Optional.of(false)) ? mode.atMost(Mode.APPROVE) : mode;
    }
    Mode allowed =
        observeOnly.get() ? Mode.OBSERVE : execute.orElse(false) ? Mode.AUTONOMOUS : Mode.APPROVE;
    return file.orElse(Mode.AUTONOMOUS).atMost(allowed);
  }

  private static Optional<Boolean> flag(
      Map<String, String> environment, String name, Problems problems) {
    String value = environment.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false")) {
      return Optional.of(value.equalsIgnoreCase("true"));
    }
    problems.form("/" + name, "must be true or false: " + Shown.text(value));
    return Optional.empty();
  }

  private static Optional<Integer> whole(
      Map<String, String> environment, String name, int min, int max, Problems problems) {
    String value = environment.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return Optional.of(number);
      }
    }
    problems.form(
        "/" + name, "must be a whole number from " + min + " to " + max + ": " + Shown.text(value));
    return Optional.empty();
  }
}
