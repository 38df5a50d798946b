package io.grace.core.model;

import java.util.Set;

/// The services that an action can hurt: its targets and everything that depends on them.
/// *Immutable.*
///
/// @param known how many services the topology has, for the share
public record BlastRadius(Set<ServiceId> services, int known) {
  public BlastRadius {
    services = Set.copyOf(services);
  }

  public int size() {
    return services.size();
  }

  /// In percent of the known services, 0–100; all of them if none are known.
  public double percent() {
    return known == 0 ? 100 : 100.0 * services.size() / known;
  }
}
