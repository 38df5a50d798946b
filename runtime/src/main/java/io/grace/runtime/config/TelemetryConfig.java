package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What is measured. *Immutable.*
public record TelemetryConfig(List<ProbeConfig> probes, List<ScrapeConfig> scrapes) {
  public TelemetryConfig {
    probes = List.copyOf(probes);
    scrapes = List.copyOf(scrapes);
  }

  /// The services that anything is measured of.
  public Set<ServiceId> services() {
    return Stream.concat(
            probes.stream().map(ProbeConfig::service), scrapes.stream().map(ScrapeConfig::service))
        .collect(Collectors.toUnmodifiableSet());
  }
}
