package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
  @ParameterizedTest
  @ValueSource(strings = {"/schema/grace.schema.json", "/schema/playbook.schema.json"})
  void everyMappingRefusesUnknownKeys(String resource) throws Exception {
    var open = new ArrayList<String>();
    try (var in = SchemaTest.class.getResourceAsStream(resource)) {
      find(JsonMapper.shared().readTree(in), "", open);
    }

    assertEquals(List.of(), open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/schema/grace.schema.json", "/schema/playbook.schema.json"})
  void everyPatternSaysWhatIsWanted(String resource) throws Exception {
    try (var in = SchemaTest.class.getResourceAsStream(resource)) {
      for (JsonNode schema : JsonMapper.shared().readTree(in).findParents("pattern")) {
        assertTrue(schema.has("description"), schema.toString());
      }
    }
  }

  private static void find(JsonNode schema, String pointer, List<String> open) {
    if (schema.path("type").asString("").equals("object") && !schema.has("additionalProperties")) {
      open.add(pointer);
    }
    schema
        .properties()
        .forEach(member -> find(member.getValue(), Pointers.child(pointer, member.getKey()), open));
  }
}
