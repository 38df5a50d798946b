package io.grace.runtime.telemetry;

import java.util.Map;

/// One time series of a scrape. *Immutable.*
record Series(String name, Map<String, String> labels) {
  Series {
    labels = Map.copyOf(labels);
  }

  /// A label that is not there is empty, as in PromQL.
  String label(String label) {
    return labels.getOrDefault(label, "");
  }
}
