package io.grace.runtime.config;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// A domain that the team wants, with its settings. *Immutable* by agreement: nobody changes the
/// tree.
///
/// @param settings fit the schema in the domain's definition
/// @param base what relative paths in the settings are relative to
public record DomainConfig(String name, JsonNode settings, Path base) {}
