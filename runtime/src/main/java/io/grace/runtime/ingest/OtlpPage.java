package io.grace.runtime.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one instance of a service pushed, in the form of a Prometheus page. *Immutable.*
record OtlpPage(String service, String instance, List<Point> points) {
  /// Points of a page; more are left out.
  static final int MOST_POINTS = 20_000;

  record Point(String name, Map<String, String> labels, double value, boolean isDelta) {}

  OtlpPage {
    points = List.copyOf(points);
  }

  /// Puts a page together. Owned by the thread that reads.
  static final class Writer {
    private final List<Point> points = new ArrayList<>();

    void add(String name, Map<String, String> labels, double value, boolean isDelta) {
      if (points.size() < MOST_POINTS && Double.isFinite(value)) {
        points.add(new Point(name, Map.copyOf(labels), value, isDelta));
      }
    }

    /// @param counts one more than bounds, as OTLP has them: each bucket for itself
    void addHistogram(
        String name,
        Map<String, String> labels,
        List<Double> bounds,
        List<Long> counts,
        boolean isDelta) {
      if (counts.size() != bounds.size() + 1) {
        return;
      }
      long below = 0;
      for (int i = 0; i < counts.size(); i++) {
        below += Math.max(0, counts.get(i));
        var bucket = new HashMap<>(labels);
        bucket.put("le", i < bounds.size() ? Double.toString(bounds.get(i)) : "+Inf");
        add(name + "_bucket", bucket, below, isDelta);
      }
      add(name + "_count", labels, below, isDelta);
    }

    OtlpPage page(String service, String instance) {
      return new OtlpPage(service, instance, points);
    }
  }

  /// A name with underscores for whatever Prometheus does not know in one.
  static String plain(String name) {
    var plain = new StringBuilder(name.length());
    for (int i = 0; i < Math.min(name.length(), 200); i++) {
      char c = name.charAt(i);
      boolean isKnown =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || c == ':'
              || (c >= '0' && c <= '9' && i > 0);
      plain.append(isKnown ? c : '_');
    }
    return plain.toString();
  }
}
