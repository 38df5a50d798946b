package io.grace.core.memory;

import java.util.Locale;
import java.util.Optional;

/// A part of GRACE, or of what it looks after, that has memories of its own. In the order of their
/// names, so that a map by domain is sorted as its text is.
public enum DomainId {
  COGNITION,
  CORE,
  FEDERATION,
  KNOWLEDGE,
  ML,
  PARLIAMENT,
  SECURITY,
  SELF_HEAL,
  TEMPORAL,
  TRANSCENDENCE;

  /// As it stands in configuration and requests: `self_heal`.
  public String value() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty if there is no such domain.
  public static Optional<DomainId> of(String value) {
    for (DomainId domain : values()) {
      if (domain.value().equals(value)) {
        return Optional.of(domain);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return value();
  }
}
