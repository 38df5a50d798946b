package io.grace.core.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a source says is wrong with a service, for as long as it says so. *Immutable.*
///
/// @param fingerprint two reports with the same one are about the same alert
/// @param group alerts that are damped together have the same one
/// @param name what the source calls it, such as `InventoryDown`
/// @param says what is wrong, if the source's configuration knows
/// @param labels as the source sent them, within bounds
/// @param summary one sentence for people; may be empty
/// @param startsAt since when, by the source's clock
/// @param expires when it counts as over if it is not repeated; empty if its source says when
public record Alert(
    Hash fingerprint,
    Hash group,
    SourceId source,
    String name,
    ServiceId service,
    Severity severity,
    Optional<DiagnosisKind> says,
    Map<String, String> labels,
    String summary,
    Instant startsAt,
    Optional<Instant> expires) {
  public static final int LONGEST_NAME = 200;
  public static final int LONGEST_SUMMARY = 500;
  public static final int MOST_LABELS = 40;
  public static final int LONGEST_LABEL = 250;

  public Alert {
    labels = Map.copyOf(labels);
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "an alert's name has 1–" + LONGEST_NAME + " characters: " + name.length());
    }
    if (summary.length() > LONGEST_SUMMARY) {
      throw new IllegalArgumentException(
          "an alert's summary has at most " + LONGEST_SUMMARY + " characters: " + summary.length());
    }
    if (labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "an alert has at most " + MOST_LABELS + " labels: " + labels.size());
    }
    labels.forEach((label, value) -> {
      if (label.length() > LONGEST_LABEL || value.length() > LONGEST_LABEL) {
        throw new IllegalArgumentException(
            "labels and their values have at most " + LONGEST_LABEL + " characters");
      }
    });
  }

  /// Whether it says that the service is sick; what is less is only known.
  public boolean isSickness() {
    return severity != Severity.LOW;
  }

  /// How its symptom is called, such as `alert.InventoryDown`.
  public MetricId metric() {
    var readable = new StringBuilder(Symptom.ALERT);
    for (int i = 0; i < name.length() && readable.length() < 100; i++) {
      char c = name.charAt(i);
      boolean isPlain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      readable.append(isPlain ? c : '_');
    }
    return new MetricId(readable.toString());
  }
}
