package io.grace.cli;

import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Compares JSON.
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  private Json() {}

  static String sorted(String json) {
    return MAPPER.writeValueAsString(MAPPER.readValue(json, TreeMap.class));
  }

  static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }
}
