package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import java.nio.file.Path;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A domain that the team wants, with its settings. *Immutable* by agreement: nobody changes the
/// tree.
///
/// @param settings fit the schema in the domain's definition
/// @param nodes the services that it brings
/// @param base what relative paths in the settings are relative to
public record DomainConfig(String name, JsonNode settings, Set<ServiceId> nodes, Path base) {
  public DomainConfig {
    nodes = Set.copyOf(nodes);
  }
}
