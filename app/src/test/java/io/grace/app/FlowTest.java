package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// From a sick service to a person's decision, as people see it.
class FlowTest {
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

  private JsonNode get(String path) throws IOException, InterruptedException {
    Rig.Answer answer = rig.get(Role.VIEWER, path);
    assertEquals(200, answer.status(), answer.text());
    return answer.json();
  }

  private void down(String service) throws IOException, InterruptedException {
    Rig.Answer answer =
        rig.post(
            Role.OPERATOR,
            "/api/health/ingest_signal",
            "{\"signals\":[{\"service\":\"" + service + "\",\"metric\":\"up\",\"value\":0}]}");
    assertEquals(202, answer.status(), answer.text());
    assertEquals(1, answer.json().path("accepted").asInt());
    Rig.await(service + " has a run", () -> !rig.backend.snapshot().runs().isEmpty());
  }

  private JsonNode waiting() throws IOException, InterruptedException {
    return get("/api/approvals").path("items").path(0);
  }

  private Rig.Answer approve(Role role, String hash) throws IOException, InterruptedException {
    return rig.post(
        role,
        "/api/runs/" + waiting().path("id").asString() + "/approve",
        "{\"hash\":\"" + hash + "\",\"scope\":\"plan\",\"reason\":\"looks right\"}");
  }

  @Test
  void sickServiceBecomesARunThatPeopleApproveAndCancel() throws Exception {
    down("orders");

    JsonNode run = waiting();
    String id = run.path("id").asString();
    assertEquals("proposed", run.path("phase").asString());
    assertEquals("approve", run.path("mode").asString());
    assertEquals("service_down", run.path("diagnosis").asString());
    assertTrue(run.path("plan").path("steps").path(0).path("timeout_ms").asLong() > 0);
    assertTrue(run.path("blast_radius").path("dependents").isArray());

    Rig.Answer other = approve(Role.APPROVER, "0".repeat(64));
    assertEquals(409, other.status(), other.text());
    Rig.Answer approved = approve(Role.APPROVER, run.path("hash").asString());
    assertEquals(200, approved.status(), approved.text());
    assertEquals(id, approved.json().path("run").asString());

    Rig.await(
        "it runs",
        () ->
            rig.backend.snapshot().runs().values().stream()
                .anyMatch(
                    r -> r instanceof io.grace.core.state.Run.Working w && w.progress().acted()));
    Rig.Answer cancelled = rig.post(Role.OPERATOR, "/api/runs/" + id + "/cancel", REASON);
    assertEquals(200, cancelled.status(), cancelled.text());
    Rig.await(
        "it ended",
        () ->
            rig.backend.snapshot().runs().isEmpty()
                || !rig.backend.snapshot().runs().containsKey(new io.grace.core.model.RunId(id)));

    JsonNode ended = get("/api/runs/" + id);
    assertFalse(ended.path("ended_at").isNull());
    assertTrue(ended.path("acted").asBoolean());
    assertEquals("the-approver", ended.path("approvals").path(0).path("by").asString());
    assertEquals("plan", ended.path("approvals").path(0).path("scope").asString());
    assertFalse(ended.path("verdict").isNull());
    assertEquals(
        id,
        get("/api/runs?state=ended&service=orders").path("items").path(0).path("id").asString());
    JsonNode story = get("/api/runs/" + id + "/story").path("entries");
    assertEquals("run.proposed", story.path(0).path("kind").asString());
    assertTrue(story.path(0).path("payload").isObject());
    assertEquals(
        "orders",
        get("/api/self_heal/learning/outcomes").path("items").path(0).path("service").asString());
    assertEquals(1, get("/api/self_heal/learning").path("items").path(0).path("failed").asInt());
    JsonNode worth = get("/api/self_heal/learning/worth");
    assertEquals(1, worth.path("decisions").asInt());
    assertEquals(1, worth.path("effects").path(0).path("runs").asInt());
    JsonNode effect = worth.path("effects").path(0).path("effect");
    assertTrue(effect.path("low").asDouble() < 0 && effect.path("high").asDouble() < 1);
    assertEquals(
        "payments latency_spike",
        get("/api/patterns").path("items").path(0).path("cause").asString());
    assertEquals(1, get("/api/self_heal/scheduler_counters").path("admitted").asInt());
    assertEquals(404, rig.post(Role.OPERATOR, "/api/runs/" + id + "/cancel", REASON).status());
  }

  @Test
  void observedServiceIsProposedForButCannotBeApproved() throws Exception {
    down("stock");
    String id = get("/api/runs?state=open").path("items").path(0).path("id").asString();
    String hash = get("/api/runs/" + id).path("hash").asString();

    assertEquals(0, get("/api/approvals").path("items").size());
    Rig.Answer answer =
        rig.post(
            Role.ADMIN,
            "/api/runs/" + id + "/approve",
            "{\"hash\":\"" + hash + "\",\"reason\":\"please\"}");
    assertEquals(409, answer.status());
    assertTrue(answer.text().contains("observe mode"), answer.text());
  }

  @Test
  void whoAskedForARunCannotApproveIt() throws Exception {
    rig.post(
        Role.OPERATOR,
        "/api/health/ingest_signal",
        "{\"service\":\"payments\",\"metric\":\"up\",\"value\":0}");
    Rig.await("an incident", () -> !rig.backend.snapshot().openIncidents().isEmpty());
    String incident = get("/api/incidents").path("items").path(0).path("id").asString();
    String body =
        "{\"incident\":\"" + incident + "\",\"playbook\":\"restart_service\",\"reason\":\"try\",";

    Rig.Answer shown = rig.post(Role.APPROVER, "/api/playbooks/plan", body + "\"execute\":false}");
    assertEquals(200, shown.status(), shown.text());
    assertTrue(shown.json().path("run").isNull());
    Rig.Answer proposed =
        rig.post(Role.APPROVER, "/api/playbooks/plan", body + "\"execute\":true}");

    assertEquals(202, proposed.status(), proposed.text());
    assertEquals(shown.json().path("hash"), proposed.json().path("hash"));
    assertEquals(403, approve(Role.APPROVER, proposed.json().path("hash").asString()).status());
  }

  @Test
  void statusTellsTheWhole() throws Exception {
    down("orders");

    JsonNode status = get("/api/status");
    assertEquals("approve", status.path("mode").asString());
    assertTrue(status.path("paused").isNull());
    assertEquals(1, status.path("open_incidents").asInt());
    assertEquals("orders", status.path("services").path(0).path("service").asString());
    assertEquals("critical", status.path("services").path(0).path("status").asString());
    assertEquals("unknown", status.path("services").path(1).path("status").asString());
    JsonNode focus = get("/api/meta/focus");
    assertEquals(50, focus.path("distress_score").asInt());
    assertEquals("orders", focus.path("critical_services").path(0).asString());
    assertEquals(1, get("/api/health/state?service=orders").path("items").size());
    Rig.Answer diagnosis =
        rig.post(Role.VIEWER, "/api/triage/diagnose", "{\"service\":\"orders\"}");
    assertEquals("service_down", diagnosis.json().path("kind").asString(), diagnosis.text());
    assertTrue(get("/api/playbooks").path("items").size() > 3);
    assertTrue(get("/api/meta/cycles").path("items").size() > 0);
  }

  @Test
  void incidentIsAcknowledgedByItsPerson() throws Exception {
    down("orders");
    String id = get("/api/incidents?state=all").path("items").path(0).path("id").asString();

    Rig.Answer answer = rig.post(Role.OPERATOR, "/api/incidents/" + id + "/acknowledge", REASON);

    assertEquals("the-operator", answer.json().path("acknowledged_by").asString(), answer.text());
    assertEquals(0, get("/api/incidents?state=resolved").path("items").size());
  }

  @Test
  void operatorsPauseAndApproversResume() throws Exception {
    Rig.Answer paused = rig.post(Role.OPERATOR, "/api/pause", "{\"reason\":\"maintenance\"}");
    assertEquals("the-operator", paused.json().path("paused").path("by").asString());
    assertEquals("maintenance", get("/api/status").path("paused").path("reason").asString());
    assertEquals(403, rig.post(Role.OPERATOR, "/api/resume", REASON).status());

    assertEquals(200, rig.post(Role.APPROVER, "/api/resume", REASON).status());
    assertTrue(get("/api/status").path("paused").isNull());
  }

  @Test
  void singleSignalIsTakenToo() throws Exception {
    Rig.Answer answer =
        rig.post(
            Role.OPERATOR,
            "/api/health/ingest_signal",
            "{\"service\":\"orders\",\"metric\":\"up\",\"value\":1}");

    assertEquals(202, answer.status(), answer.text());
  }
}
