package io.grace.domains.ml;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a version of a model stands. As in MLflow any stage may follow any other; what GRACE
/// itself moves leaves at most one version in production.
public enum Stage {
  NONE("None"),
  STAGING("Staging"),
  PRODUCTION("Production"),
  ARCHIVED("Archived");

  private final String label;

  Stage(String label) {
    this.label = label;
  }

  /// As MLflow writes it.
  @JsonValue
  public String label() {
    return label;
  }

  /// In any case, as MLflow reads it.
  static Optional<Stage> of(String label) {
    String wanted = label.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(s -> s.label.toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }
}
