package io.grace.lab.service;

import java.util.Map;

/// Writes metrics in Prometheus' text format 0.0.4 or in OpenMetrics 1.0.0, whichever was asked
/// for. Owned by the thread that answers.
final class Exposition {
  enum Format {
    TEXT("text/plain; version=0.0.4; charset=utf-8"),
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private final String type;

    Format(String type) {
      this.type = type;
    }

    static Format wantedBy(String accept) {
      return accept.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    }
  }

  private final Format format;
  private final StringBuilder text = new StringBuilder(4096);
  private String family = "";

  Exposition(Format format) {
    this.format = format;
  }

  /// Begins a counter; OpenMetrics names the family without `_total`, the older format names the
  /// sample.
  void counter(String name, String help) {
    family(name, "counter", help);
  }

  void family(String name, String type, String help) {
    family = name;
    String shown = type.equals("counter") && format == Format.TEXT ? name + "_total" : name;
    text.append("# HELP ").append(shown).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(shown).append(' ').append(type).append('\n');
  }

  /// @param labels without the braces; empty for none
  void sample(String suffix, String labels, double value) {
    text.append(family).append(suffix);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    text.append(' ').append(whole ? Long.toString((long) value) : Double.toString(value));
    text.append('\n');
  }

  Reply reply() {
    String end = format == Format.OPEN_METRICS ? "# EOF\n" : "";
    return new Reply(200, format.type, text + end, Map.of());
  }
}
