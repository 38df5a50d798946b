package io.grace.domains.ml;

import io.grace.domains.ml.Version.Lineage;
import java.util.Map;

/// What is said of a version when it is registered. *Immutable.*
record NewVersion(
    String source,
    String runId,
    String description,
    Lineage lineage,
    Map<String, Double> metrics,
    Map<String, String> tags) {
  NewVersion {
    metrics = Map.copyOf(metrics);
    tags = Map.copyOf(tags);
  }
}
