package io.grace.core.policy;

import io.grace.core.model.Argument;
import io.grace.core.model.Mode;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What people decided for one service. *Immutable.*
///
/// @param mode its own ceiling
/// @param modes lower still for single playbooks
/// @param settings values for the parameters of playbooks
/// @param dependsOn the services it calls
/// @param settle how long symptoms must last before a run is proposed, so that the fault of a
///   dependency can show first
public record ServicePolicy(
    ServiceId id,
    Mode mode,
    Map<PlaybookId, Mode> modes,
    Map<PlaybookId, Map<String, Argument>> settings,
    Set<ServiceId> dependsOn,
    Duration settle) {
  public ServicePolicy {
    modes = Map.copyOf(modes);
    settings = Map.copyOf(settings);
    dependsOn = Set.copyOf(dependsOn);
    if (dependsOn.contains(id)) {
      throw new IllegalArgumentException(id + " cannot depend on itself");
    }
    if (settle.isNegative()) {
      throw new IllegalArgumentException(id + " settle must not be negative: " + settle);
    }
  }

  public Mode mode(PlaybookId playbook) {
    return modes.getOrDefault(playbook, mode).atMost(mode);
  }

  public Map<String, Argument> settings(PlaybookId playbook) {
    return settings.getOrDefault(playbook, Map.of());
  }
}
