package io.grace.domains.security.sigma;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands for `%name%` in values with the modifier `expand`. *Immutable.*
///
/// @param values by name without the percent signs; wildcards count in them
public record Placeholders(Map<String, List<String>> values) {
  public static final Placeholders NONE = new Placeholders(Map.of());

  private static final Pattern NAME = Pattern.compile("(?<!\\\\)%([A-Za-z0-9_.-]+)%");

  /// More values of one text are a list that belongs into a rule of its own.
  private static final int MOST = 10_000;

  public Placeholders {
    Map<String, List<String>> copy = new HashMap<>();
    values.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    values = Map.copyOf(copy);
  }

  /// The text with each of its placeholders replaced by each of their values.
  ///
  /// @throws Unusable if nothing is configured for one
  List<String> expand(String text) throws Unusable {
    List<String> done = new ArrayList<>();
    List<String> open = new ArrayList<>(List.of(text));
    while (!open.isEmpty()) {
      String one = open.removeLast();
      Matcher matcher = NAME.matcher(one);
      if (!matcher.find()) {
        done.add(one.replace("\\%", "%"));
        continue;
      }
      List<String> given = values.get(matcher.group(1));
      if (given == null) {
        throw new Unusable(
            "no values are configured for the placeholder %" + matcher.group(1) + "%");
      }
      for (String value : given) {
        // A percent sign within a value is a plain one.
        String plain = value.replace("%", "\\%");
        open.add(one.substring(0, matcher.start()) + plain + one.substring(matcher.end()));
      }
      if (open.size() + done.size() > MOST) {
        throw new Unusable("placeholders must stand for at most " + MOST + " values: " + text);
      }
    }
    return done;
  }
}
