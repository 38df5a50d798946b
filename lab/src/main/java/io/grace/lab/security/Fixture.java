package io.grace.lab.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// A rule's own evidence: events, of which at least one must fit it. *Immutable.*
///
/// @param rule the rule's id
/// @param expected how many of the events fit, as its author counted; 0 if that is not said
/// @param events one JSON object each, on one line
record Fixture(String name, String rule, int expected, List<byte[]> events) {
  private static final String INFO = "info.yml";
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  Fixture {
    events = List.copyOf(events);
  }

  static List<Fixture> all(Path folder) throws IOException {
    List<Path> infos;
    try (Stream<Path> files = Files.walk(folder)) {
      infos = files.filter(file -> file.endsWith(INFO)).sorted().toList();
    }
    List<Fixture> fixtures = new ArrayList<>();
    for (Path info : infos) {
      fixtures.add(read(info));
    }
    return fixtures;
  }

  private static Fixture read(Path info) throws IOException {
    JsonNode said = YAML.readTree(Files.readAllBytes(info));
    String rule = said.path("rule_metadata").path(0).path("id").asString();
    List<byte[]> events = new ArrayList<>();
    try (MappingIterator<JsonNode> read =
        JSON.readerFor(JsonNode.class)
            .readValues(Files.readAllBytes(info.resolveSibling(rule + ".json")))) {
      while (read.hasNext()) {
        events.add(JSON.writeValueAsBytes(read.next()));
      }
    }
    return new Fixture(
        String.valueOf(info.resolveSibling("").getFileName()),
        rule,
        said.path("regression_tests_info").path(0).path("match_count").asInt(0),
        events);
  }
}
