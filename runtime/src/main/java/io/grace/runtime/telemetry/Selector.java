package io.grace.runtime.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Chooses series by name and labels, written as in PromQL: `http_requests_total{status=~"5..",
/// path!="/health"}`. *Immutable.*
public record Selector(String name, List<Matcher> matchers) {
  private static final Pattern WHOLE =
      Pattern.compile("\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{(.*)})?\\s*", Pattern.DOTALL);
  private static final Pattern MATCHER =
      Pattern.compile(
          "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"\\s*(,|$)");

  /// A rule about one label; a label that is not there is empty.
  ///
  /// @param regex must match the whole value
  /// @param matches whether it must or must not
  public record Matcher(String label, Pattern regex, boolean matches) {
    boolean admits(String value) {
      return regex.matcher(value).matches() == matches;
    }
  }

  public Selector {
    matchers = List.copyOf(matchers);
  }

  /// @throws IllegalArgumentException if it is not a selector
  public static Selector parse(String text) {
    var whole = WHOLE.matcher(text);
    if (!whole.matches()) {
      throw wrong(text);
    }
    var matchers = new ArrayList<Matcher>();
    String inside = whole.group(2);
    if (inside != null && !inside.isBlank()) {
      var next = MATCHER.matcher(inside);
      int at = 0;
      while (at < inside.length() && !inside.substring(at).isBlank()) {
        if (!next.find(at) || next.start() != at) {
          throw wrong(text);
        }
        matchers.add(matcher(next.group(1), next.group(2), unescaped(next.group(3))));
        at = next.end();
      }
    }
    return new Selector(whole.group(1), matchers);
  }

  Selector named(String other) {
    return new Selector(other, matchers);
  }

  boolean admits(Series series) {
    return series.name().equals(name)
        && matchers.stream().allMatch(matcher -> matcher.admits(series.label(matcher.label())));
  }

  private static Matcher matcher(String label, String operator, String value) {
    var regex =
        operator.endsWith("~") ? Pattern.compile(value) : Pattern.compile(Pattern.quote(value));
    return new Matcher(label, regex, !operator.startsWith("!"));
  }

  private static String unescaped(String value) {
    return value.replaceAll("\\\\([\\\\\"])", "$1");
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "a selector must look like name{label=\"value\", other=~\"regex\"}: " + text);
  }
}
