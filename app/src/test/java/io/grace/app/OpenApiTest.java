package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.guard.Routes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {
  private static final Path COPY = Path.of("src/test/resources/openapi.json");

  /// Renew the copy with `-Dgrace.update=true` once the change is meant.
  @Test
  void theDescriptionIsTheCheckedInOne() throws Exception {
    try (var rig = new Rig(Map.of())) {
      var api = rig.get(Role.VIEWER, "/v3/api-docs").json();
      String text =
          JsonMapper.builder()
                  .enable(SerializationFeature.INDENT_OUTPUT)
                  .build()
                  .writeValueAsString(api)
              + "\n";
      if (Boolean.getBoolean("grace.update")) {
        Files.writeString(COPY, text);
      }

      assertEquals(Files.readString(COPY), text);
      Routes.ALL.stream()
          .filter(r -> r.pattern().startsWith("/api/"))
          .forEach(r -> assertTrue(api.path("paths").has(r.pattern()), r::toString));
    }
  }
}
