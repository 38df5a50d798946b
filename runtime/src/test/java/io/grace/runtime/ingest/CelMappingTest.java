package io.grace.runtime.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CelMappingTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @Test
  void itemsAreReadOneByOne() throws Unreadable {
    var told =
        read(
            Map.of(
                "items", "body.problems.filter(p, p.open)",
                "name", "item.title",
                "service", "item.tags['app']",
                "firing", "item.state == 'OPEN'",
                "labels.zone", "body.zone"),
            """
            {"zone":"eu","problems":[
              {"open":true,"title":"Slow","state":"OPEN","tags":{"app":"orders"}},
              {"open":false,"title":"Old","state":"OPEN","tags":{"app":"orders"}},
              {"open":true,"title":"Gone","state":"CLOSED","tags":{"app":"stock"}}]}\
            """);

    assertEquals(List.of("Slow", "Gone"), told.stream().map(Told::name).toList());
    assertEquals(List.of(true, false), told.stream().map(Told::isFiring).toList());
    assertEquals(Map.of("zone", "eu"), told.getFirst().labels());
  }

  @Test
  void expressionIsCheckedBeforeAnythingArrives() {
    assertTrue(CelMapping.objection("name", "item.title").isEmpty());
    assertTrue(CelMapping.objection("name", "item.(").orElseThrow().contains("no CEL"));
    assertTrue(CelMapping.objection("name", "1 + 1").orElseThrow().contains("a string"));
    assertTrue(CelMapping.objection("firing", "'yes'").orElseThrow().contains("true or false"));
    assertTrue(CelMapping.objection("name", "nothing.here").orElseThrow().contains("no CEL"));
    assertTrue(CelMapping.objection("nmae", "item.x").orElseThrow().contains("unknown field"));
  }

  @Test
  void bodyThatDoesNotFitIsRefusedByTheNameOfTheField() {
    var e =
        assertThrows(
            Unreadable.class,
            () -> read(Map.of("name", "item.title", "service", "item.app"), "{\"app\":\"x\"}"));

    assertTrue(String.valueOf(e.getMessage()).contains("map.name"), e.getMessage());
  }

  @Test
  void loopsAreBounded() {
    String many = "[" + "1,".repeat(20_000) + "1]";

    assertThrows(
        Unreadable.class,
        () ->
            read(
                Map.of(
                    "items", "body.all.map(x, body.all.size() + x)",
                    "name", "'n'",
                    "service", "'s'"),
                "{\"all\":" + many + "}"));
  }

  private static List<Told> read(Map<String, String> expressions, String json) throws Unreadable {
    return new CelMapping(expressions).read(Body.json(json.getBytes(StandardCharsets.UTF_8)), NOW);
  }
}
