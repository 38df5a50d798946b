package io.grace.runtime.config;

import io.grace.runtime.config.Problems.Place;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What a YAML file says, and where it says it. *Immutable* but for the problems it collects.
///
/// @param name as shown in problems
record YamlFile(String name, JsonNode root, Map<String, Place> places, Problems problems) {
  Cursor cursor() {
    return new Cursor(problems, root, "");
  }
}
