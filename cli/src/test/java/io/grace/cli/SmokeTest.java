package io.grace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmokeTest {
  private static final String UP = "{\"status\":\"up\",\"loop\":{\"state\":\"running\"}}";
  private static final String NOTHING = "{\"items\":[],\"next\":null}";
  private static final String INCIDENTS = "/api/incidents?state=open&limit=500";
  private static final String RUNS = "/api/runs?state=open&service=grace-smoke";

  private FakeGrace grace;

  @BeforeEach
  void start() throws IOException {
    grace = new FakeGrace().get("/api/health", UP);
  }

  @AfterEach
  void stop() {
    grace.close();
  }

  @Test
  void backendIsAliveClosedAndDescribed() {
    foretellBackend(401);

    var result = Shell.at(grace).run("smoke", "backend");

    assertEquals("", result.err());
    assertEquals(0, result.status());
    assertTrue(result.out().endsWith("All 4 checks passed.\n"), result.out());
    grace.assertContractKept();
  }

  @Test
  void serverThatLetsStrangersInFails() {
    foretellBackend(200);

    var result = Shell.at(grace).run("smoke", "backend", "--json");

    assertEquals(1, result.status());
    var report = Json.read(result.out());
    assertEquals(false, report.path("ok").asBoolean());
    assertEquals(false, report.path("checks").path(1).path("ok").asBoolean());
    assertEquals(4, report.path("checks").size());
  }

  @Test
  void commandTriesItself() {
    grace
        .get("/api/status", Shell.answer("status"))
        .get("/api/status", Shell.answer("status-paused"));

    var result = Shell.at(grace).run("smoke", "cli");

    assertEquals(0, result.status(), result.out());
    grace.assertContractKept();
  }

  @Test
  void sicknessIsNoticedAndHealed() {
    ingest(0.9).ingest(0.9);
    state("healthy").ingest(0.9);
    state("critical").ingest(0.9);
    grace.get(INCIDENTS, incident("null"));
    ingest(0.9);
    grace.get(RUNS, NOTHING).get(INCIDENTS, incident("\"backoff: too soon\""));
    ingest(0);
    state("critical").ingest(0);
    state("healthy");

    var result = Shell.at(grace).run("smoke", "health", "--wait", "3");

    assertEquals("", result.err());
    assertTrue(result.out().contains("backoff: too soon"), result.out());
    assertTrue(result.out().endsWith("All 5 checks passed.\n"), result.out());
    grace.assertContractKept();
  }

  @Test
  void serviceIsHealedEvenIfNothingWasNoticed() {
    ingest(0.9).ingest(0.9);
    grace.get("/api/health/state", NOTHING);
    ingest(0);
    state("healthy");

    var result = Shell.at(grace).run("smoke", "health", "--wait", "1");

    assertEquals(1, result.status());
    assertTrue(result.out().endsWith("1 of 3 checks failed.\n"), result.out());
    grace.assertContractKept();
  }

  @Test
  void nobodyThereIsStatus3() {
    grace.close();

    assertEquals(3, Shell.at(grace).run("smoke").status());
  }

  private void foretellBackend(int strangers) {
    grace
        .call("GET", "/api/health", Optional.empty(), "", 200, UP)
        .call("GET", "/api/status", Optional.empty(), "", strangers, "{}")
        .get("/api/status", Shell.answer("status"))
        .get("/v3/api-docs", "{\"openapi\":\"3.1.0\",\"paths\":{\"/api/status\":{}}}");
  }

  private SmokeTest ingest(double errorRatio) {
    String number = errorRatio == 0 ? "0.0" : Double.toString(errorRatio);
    grace.post(
        "/api/health/ingest_signal",
        "{\"signals\":[{\"service\":\"grace-smoke\",\"metric\":\"error_ratio\",\"value\":"
            + number
            + "},{\"service\":\"grace-smoke\",\"metric\":\"up\",\"value\":1}]}",
        202,
        "{\"accepted\":2}");
    return this;
  }

  private SmokeTest state(String status) {
    grace.get(
        "/api/health/state",
        "{\"items\":[{\"service\":\"grace-smoke\",\"status\":\"" + status + "\"}],\"next\":null}");
    return this;
  }

  private static String incident(String skip) {
    return Shell.answer("incidents")
        .replace("\"orders\"", "\"grace-smoke\"")
        .replace("\"last_skip\":null", "\"last_skip\":" + skip);
  }
}
