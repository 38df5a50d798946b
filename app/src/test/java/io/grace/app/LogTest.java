package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class LogTest {
  private static final String REASON = "{\"reason\":\"a test\"}";

  @SuppressWarnings("NullAway.Init")
  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private HttpRequest stream(String lastEventId) {
    HttpRequest.Builder request =
        rig.request("/api/log/stream").header("Last-Event-ID", lastEventId);
    Rig.authorize(request, Role.VIEWER);
    return request.build();
  }

  private static String next(BufferedReader reader, String start) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.startsWith(start)) {
      line = reader.readLine();
    }
    return String.valueOf(line);
  }

  @Test
  void pagesGoOnWhereTheLastOneEnded() throws Exception {
    rig.post(Role.OPERATOR, "/api/pause", REASON);
    rig.post(Role.APPROVER, "/api/resume", REASON);
    var seen = new ArrayList<Long>();
    String after = "0";

    while (!after.isEmpty()) {
      JsonNode page = rig.get(Role.VIEWER, "/api/log/entries?limit=1&after=" + after).json();
      page.path("items").forEach(e -> seen.add(e.path("index").asLong()));
      after = page.path("next").asString("");
    }

    assertTrue(seen.size() >= 3, seen::toString);
    assertEquals(seen.stream().sorted().distinct().toList(), seen);
    JsonNode paused = rig.get(Role.VIEWER, "/api/log/entries?kind=paused").json().path("items");
    assertEquals(1, paused.size());
    assertEquals("the-operator", paused.path(0).path("actor").asString());
  }

  @Test
  void streamResumesAndFollows() throws Exception {
    var response = rig.open(stream("0"));
    try (var reader = reader(response.body())) {
      assertEquals("id: 1", next(reader, "id:"));
      assertEquals("event: life.started", next(reader, "event:"));
      rig.post(Role.OPERATOR, "/api/pause", REASON);
      assertEquals("event: paused", next(reader, "event: paused"));
      assertTrue(next(reader, "data:").contains("\"actor\":\"the-operator\""));
    }

    Rig.await(
        "the reader is forgotten",
        () -> {
          post(); // Writing is how a lost reader is noticed.
          return rig.backend.listeners.size() == 1; // The console listens always.
        });
  }

  private void post() {
    try {
      rig.post(Role.OPERATOR, "/api/pause", REASON);
      rig.post(Role.APPROVER, "/api/resume", REASON);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void streamsAreLimited() throws Exception {
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      var response = rig.open(stream("0"));
      assertEquals(200, response.statusCode());
      open.add(response.body());
    }

    var one = rig.open(stream("0"));
    assertEquals(503, one.statusCode());

    for (InputStream stream : open) {
      stream.close();
    }
    one.body().close();
    Rig.await(
        "there is room again",
        () -> {
          post();
          return rig.backend.listeners.size() == 1; // The console listens always.
        });
    var again = rig.open(stream("0"));
    assertEquals(200, again.statusCode());
    again.body().close();
  }

  @Test
  void stoppingEndsStreams() throws Exception {
    try (var other = new Rig(Map.of())) {
      HttpRequest.Builder request = other.request("/api/log/stream");
      Rig.authorize(request, Role.VIEWER);
      var response = other.open(request.build());

      long began = System.nanoTime();
      other.context.close();

      response.body().readAllBytes();
      assertTrue(System.nanoTime() - began < 8_000_000_000L, "shutdown waited for the stream");
    }
  }

  @Test
  void journalIsVerifiedAndExported() throws Exception {
    JsonNode verdict = rig.get(Role.APPROVER, "/api/log/verify").json();
    Rig.Answer export = rig.get(Role.ADMIN, "/api/log/export");

    assertTrue(verdict.path("ok").asBoolean());
    assertTrue(verdict.path("head").path("index").asLong() > 0);
    assertTrue(export.contentType().startsWith("application/x-ndjson"), export.contentType());
    assertTrue(export.text().lines().count() >= 1);
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }
}
