package io.grace.runtime.config;

import java.util.Map;
import java.util.Set;

/// Where the API listens and which of its groups are on. *Immutable.*
///
/// @param port 0 for any free one
public record ServerConfig(String host, int port, Map<String, Boolean> features) {
  /// The groups of the API that can be switched off.
  public static final Set<String> FEATURES =
      Set.of(
          "learning",
          "scheduler",
          "meta",
          "health",
          "triage",
          "playbooks",
          "incidents",
          "runs",
          "sensing",
          "memory",
          "ingest",
          "log");

  public ServerConfig {
    features = Map.copyOf(features);
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port must be 0–65535: " + port);
    }
  }

  /// On unless it was switched off.
  public boolean isOn(String feature) {
    return features.getOrDefault(feature, true);
  }
}
