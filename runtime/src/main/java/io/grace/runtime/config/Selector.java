package io.grace.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Series by name and labels, written as in Prometheus: `http_requests_total{code=~"5.."}`.
/// *Immutable.*
public record Selector(String name, List<Match> labels) {
  /// What a label must be.
  public enum Comparison {
    EQUAL,
    NOT_EQUAL,
    MATCHES,
    MATCHES_NOT
  }

  /// A claim about one label; a label that is absent reads as the empty text.
  ///
  /// @param value a regular expression that must match the whole value, for `MATCHES` and
  ///   `MATCHES_NOT`
  public record Match(String label, Comparison comparison, String value) {
    public Match {
      if (comparison == Comparison.MATCHES || comparison == Comparison.MATCHES_NOT) {
        compiled(value);
      }
    }

    public boolean holds(String found) {
      return switch (comparison) {
        case EQUAL -> found.equals(value);
        case NOT_EQUAL -> !found.equals(value);
        case MATCHES -> Pattern.matches(value, found);
        case MATCHES_NOT -> !Pattern.matches(value, found);
      };
    }
  }

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z_:][A-Za-z0-9_:]*)(?:\\{([^{}]{0,500})})?");
  private static final Pattern LABEL =
      Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(=~|!~|!=|=)\\s*\"([^\"\\\\]*)\"\\s*(,|$)");
  private static final Map<String, Comparison> SYMBOLS =
      Map.of(
          "=", Comparison.EQUAL,
          "!=", Comparison.NOT_EQUAL,
          "=~", Comparison.MATCHES,
          "!~", Comparison.MATCHES_NOT);

  public Selector {
    labels = List.copyOf(labels);
  }

  /// @throws IllegalArgumentException if the text is not a selector
  public static Selector parse(String text) {
    var form = FORM.matcher(text.strip());
    if (text.length() > 1000 || !form.matches()) {
      throw new IllegalArgumentException(
          "must be a series such as http_requests_total{code=~\"5..\"}: " + Shown.text(text));
    }
    var matches = new ArrayList<Match>();
    String labels = form.group(2) == null ? "" : form.group(2).strip();
    var label = LABEL.matcher(labels);
    int at = 0;
    while (at < labels.length()) {
      if (!label.find(at) || label.start() != at) {
        throw new IllegalArgumentException(
            "labels must be like code=~\"5..\", method=\"GET\": " + Shown.text(labels));
      }
      matches.add(
          new Match(
              label.group(1),
              SYMBOLS.getOrDefault(label.group(2), Comparison.EQUAL),
              label.group(3)));
      at = label.end();
    }
    return new Selector(form.group(1), matches);
  }

  /// Whether a series with these labels is meant.
  public boolean selects(String series, Map<String, String> found) {
    return series.equals(name)
        && labels.stream().allMatch(m -> m.holds(found.getOrDefault(m.label(), "")));
  }

  private static void compiled(String regex) {
    try {
      Pattern.compile(regex).pattern();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression: " + Shown.text(regex) + ": " + e.getDescription(), e);
    }
  }
}
