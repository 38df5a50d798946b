package io.grace.runtime.telemetry;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/// Reads the Prometheus text format 0.0.4 and OpenMetrics 1.0, strictly: a text that is cut or
/// malformed anywhere is refused as a whole.
///
/// Sources: Prometheus, *Exposition formats*, text-based format 0.0.4; OpenMetrics 1.0.0,
/// *Specification*, section "Text format". Timestamps and exemplars are checked and dropped; values
/// that are not finite are passed over.
final class PrometheusText {
  /// What Prometheus installations commonly allow a target.
  static final int SAMPLES_MAX = 100_000;

  private final String text;
  private final boolean isOpenMetrics;
  private final Predicate<String> wanted;
  private final Map<Series, Double> found = new HashMap<>();
  private int lines;
  private int samples;

  private PrometheusText(String text, boolean isOpenMetrics, Predicate<String> wanted) {
    this.text = text;
    this.isOpenMetrics = isOpenMetrics;
    this.wanted = wanted;
  }

  /// The finite values of the wanted series.
  ///
  /// @param wanted which sample names are kept
  static Map<Series, Double> parse(String text, boolean isOpenMetrics, Predicate<String> wanted)
      throws MalformedMetrics {
    var parser = new PrometheusText(text, isOpenMetrics, wanted);
    parser.parse();
    return parser.found;
  }

  private void parse() throws MalformedMetrics {
    boolean isEnded = false;
    for (int start = 0; start < text.length(); ) {
      lines++;
      int end = text.indexOf('\n', start);
      if (isEnded) {
        throw new MalformedMetrics(lines, "nothing may follow # EOF");
      }
      if (end < 0 && !(isOpenMetrics && text.startsWith("# EOF", start))) {
        throw new MalformedMetrics(lines, "the text is cut: its last line must end");
      }
      var line = text.substring(start, end < 0 ? text.length() : end);
      isEnded = isOpenMetrics && line.equals("# EOF");
      line(line);
      start = end < 0 ? text.length() : end + 1;
    }
    if (isOpenMetrics && !isEnded) {
      throw new MalformedMetrics(lines, "the text is cut: # EOF is missing");
    }
  }

  private void line(String line) throws MalformedMetrics {
    if (isOpenMetrics) {
      if (line.isEmpty()) {
        throw new MalformedMetrics(lines, "an empty line is not allowed");
      }
    } else if (line.isBlank()) {
      return;
    }
    // Types, help and comments carry nothing that is needed here.
    if (!line.stripLeading().startsWith("#")) {
      sample(new Cursor(line, lines, isOpenMetrics));
    }
  }

  private void sample(Cursor line) throws MalformedMetrics {
    if (++samples > SAMPLES_MAX) {
      throw new MalformedMetrics(lines, "more than " + SAMPLES_MAX + " samples");
    }
    line.skipBlanks();
    var name = line.metricName();
    line.skipBlanks();
    var labels = line.peek() == '{' ? line.labels() : Map.<String, String>of();
    line.skipBlanks();
    double value = line.number();
    line.skipBlanks();
    if (!line.isAtEnd() && line.peek() != '#') {
      line.timestamp();
      line.skipBlanks();
    }
    if (isOpenMetrics && line.peek() == '#') {
      exemplar(line);
    }
    line.requireEnd();
    if (Double.isFinite(value) && wanted.test(name)) {
      // The last of two equal series counts, so that none counts twice.
      found.put(new Series(name, labels), value);
    }
  }

  private static void exemplar(Cursor line) throws MalformedMetrics {
    line.take('#');
    line.skipBlanks();
    line.labels();
    line.skipBlanks();
    line.number();
    line.skipBlanks();
    if (!line.isAtEnd()) {
      line.timestamp();
      line.skipBlanks();
    }
  }
}
