package io.grace.runtime.config;

import io.grace.core.model.Argument;
import io.grace.core.model.Bound;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The actions that the built-in playbooks use, with the widest bounds that their parameters may
/// have, whoever performs them.
final class WellKnown {
  private static final Map<String, Map<String, Bound>> ACTIONS =
      Map.of(
          "scale_instances",
          Map.of("min_delta", new Bound.WholeRange(-3, 3)),
          "set_logging_level",
          Map.of(
              "level", new Bound.OneOf(Set.of("DEBUG", "INFO", "WARN", "ERROR")),
              "ttl_min", new Bound.WholeRange(1, 120)),
          "toggle_flag",
          Map.of("flag", new Bound.Matching("^[a-z_]+$"), "state", new Bound.TrueOrFalse()));

  private WellKnown() {}

  /// The declared parameters of an action, completed by the well-known ones.
  ///
  /// @param declared where they are, to say what is too wide
  static Map<String, Bound> completed(String action, Map<String, Bound> bounds, Cursor declared) {
    var known = ACTIONS.get(action);
    if (known == null) {
      return bounds;
    }
    new TreeMap<>(bounds)
        .forEach((name, bound) -> {
          var widest = known.get(name);
          if (widest == null) {
            declared
                .at(name)
                .problem(action + " has no such parameter" + Nearest.hint(name, known.keySet()));
          } else if (!isWithin(bound, widest)) {
            declared.at(name).problem("must be within " + widest.wanted());
          }
        });
    var completed = new HashMap<>(known);
    completed.putAll(bounds);
    return completed;
  }

  private static boolean isWithin(Bound bound, Bound widest) {
    return switch (bound) {
      case Bound.WholeRange(long min, long max) ->
          widest instanceof Bound.WholeRange(long least, long most) && least <= min && max <= most;
      case Bound.OneOf(Set<String> values) ->
          values.stream().allMatch(v -> widest.admits(new Argument.Text(v)));
      case Bound.DecimalRange _, Bound.Matching _, Bound.TrueOrFalse _ -> bound.equals(widest);
    };
  }
}
