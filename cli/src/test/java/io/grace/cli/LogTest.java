package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTest {
  private static final String LINES = "{\"index\":1}\n{\"index\":2,\"payload\":\"\u007f\"}\n";
  private static final String NDJSON = "application/x-ndjson";
  private static final String SSE = "text/event-stream";

  @TempDir private Path home;
  private FakeGrace grace;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace();
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @Test
  void exportIsByteForByte() throws IOException {
    foretellExport(false);
    foretellExport(false);
    Path file = home.resolve("journal.jsonl");

    assertEquals(LINES, Shell.at(grace).run("log", "export").out());
    assertEquals(0, Shell.at(grace).run("log", "export", "-o", file.toString()).status());

    assertEquals(LINES, Files.readString(file));
    grace.assertContractKept();
  }

  @Test
  void exportThatBreaksOffLeavesNothing() throws IOException {
    foretellExport(true);
    Path file = home.resolve("journal.jsonl");

    var result = Shell.at(grace).run("log", "export", "-o", file.toString());

    assertEquals(3, result.status());
    try (var left = Files.list(home)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void exportShowsNoControlsOnATerminal() {
    foretellExport(false);

    String out = Shell.at(grace).typing("").run("log", "export").out();

    assertFalse(out.contains("\u007f"));
    assertTrue(out.contains("\\u007f"), out);
  }

  @Test
  void tailGoesOnWhereItBrokeOff() {
    grace.stream("/api/log/stream", SSE, Optional.of("6"), ":\n\n" + event(7) + event(8), false)
        .stream("/api/log/stream", SSE, Optional.of("8"), "id: 9\ndata: {\"index\":", true)
        .stream("/api/log/stream", SSE, Optional.of("8"), event(9) + event(10), false);

    var result = Shell.at(grace).run("log", "tail", "--after", "6", "--count", "3");

    grace.assertContractKept();
    assertEquals("", result.err());
    assertEquals(
        """
        7  2026-11-23 10:00:00Z  paused  grace  by ann: release
        8  2026-11-23 10:00:00Z  paused  grace  by ann: release
        9  2026-11-23 10:00:00Z  paused  grace  by ann: release
        """,
        result.out());
    assertEquals(0, result.status());
  }

  @Test
  void tailStartsWithWhatComesNext() {
    grace.get("/api/status", "{\"journal\":{\"index\":6}}").stream(
        "/api/log/stream", SSE, Optional.of("6"), event(7), false);

    var result = Shell.at(grace).run("log", "tail", "--count", "1", "--json");

    assertEquals(7, Json.read(result.out()).path("index").asInt());
    grace.assertContractKept();
  }

  @Test
  void tailOfNobodyFailsAtOnce() {
    grace.close();

    assertEquals(3, Shell.at(grace).run("log", "tail").status());
    assertEquals(3, Shell.at(grace).run("log", "tail", "--after", "0").status());
  }

  @Test
  void offLineCommandsAreMounted() {
    for (String command : new String[] {"verify", "checkpoint", "copy"}) {
      var result = Shell.at(grace).run("log", command, "--help");
      assertTrue(result.out().startsWith("Usage: grace log " + command), result.out());
    }
    assertEquals(
        2, Shell.at(grace).run("log", "verify", home.resolve("none.db").toString()).status());
  }

  private void foretellExport(boolean cut) {
    grace.stream("/api/log/export", NDJSON, Optional.empty(), LINES, cut);
  }

  private static String event(int index) {
    return "id: "
        + index
        + "\nevent: paused\ndata: {\"index\":"
        + index
        + ",\"at\":\"2026-11-23T10:00:00Z\",\"actor\":\"ann\",\"kind\":\"paused\",\"subject\":\"grace\","
        + "\"payload\":{\"by\":\"ann\",\"reason\":\"release\"},\"hash\":\"x\"}\n\n";
  }
}
