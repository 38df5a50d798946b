package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--json`: the server's own words, or an error that programs can read.
class JsonTest {
  private FakeGrace grace;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace();
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @ParameterizedTest
  @CsvSource({
    "status, /api/status, status --json",
    "status, /api/status, --json status",
    "incidents, /api/incidents?state=open&limit=50, incidents --json",
    "incident, /api/incidents/inc-0007, incidents inc-0007 --json",
    "runs, /api/runs?state=all&limit=50, runs --all --json",
    "run-ended, /api/runs/run-0042, runs run-0042 --json",
    "learning, /api/self_heal/learning?time_bucket=all, learning --json",
  })
  void answerIsVerbatim(String answer, String path, String command) {
    grace.get(path, Shell.answer(answer));

    var result = Shell.at(grace).run(command.split(" "));

    assertEquals(Shell.answer(answer), result.out());
    assertEquals(0, result.status());
    grace.assertContractKept();
  }

  @Test
  void storyComesWithItsRun() {
    grace
        .get("/api/runs/run-0042", Shell.answer("run-ended"))
        .get("/api/runs/run-0042/story", Shell.answer("story"));

    var both = Json.read(Shell.at(grace).run("why", "run-0042", "--json").out());

    assertEquals(Json.read(Shell.answer("run-ended")), both.path("run"));
    assertEquals(Json.read(Shell.answer("story")), both.path("story"));
  }

  @Test
  void errorIsJsonOnStandardOutput() {
    grace.call(
        "GET",
        "/api/runs/run-9",
        Optional.of(FakeGrace.TOKEN),
        "",
        404,
        "{\"title\":\"Not found\",\"status\":404,\"detail\":\"no run \\\"run-9\\\"\"}");

    var result = Shell.at(grace).run("runs", "run-9", "--json");

    var error = Json.read(result.out()).path("error");
    assertEquals("no run \"run-9\"", error.path("detail").stringValue());
    assertEquals("not_found", error.path("kind").stringValue());
    assertFalse(error.path("next").stringValue().isEmpty());
    assertEquals("", result.err());
    assertEquals(5, result.status());
  }

  @Test
  void misuseIsJsonToo() {
    var result = Shell.at(grace).run("--json", "frobnicate");

    assertEquals("usage", Json.read(result.out()).path("error").path("kind").stringValue());
    assertEquals(2, result.status());
  }

  @Test
  void controlCharactersAreEscapedAndMeanTheSame() {
    String body = "{\"mode\":\"a\u009b31mb\u007f\u202ec\"}";
    grace.get("/api/status", body);

    String out = Shell.at(grace).run("status", "--json").out();

    assertTrue(out.strip().chars().allMatch(c -> c >= ' ' && c < 127), out);
    assertEquals(Json.read(body), Json.read(out));
  }
}
