package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.app.guard.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProblemsTest {
  private static final String INGEST = "/api/health/ingest_signal";

  @SuppressWarnings("NullAway.Init")
  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  @AfterEach
  void repair() {
    rig.backend.broken.set(false);
  }

  private static void refused(Rig.Answer answer, int status, String detail) {
    assertEquals(status, answer.status(), answer.text());
    assertEquals(Problem.MEDIA_TYPE, answer.contentType());
    assertEquals(status, answer.json().path("status").asInt());
    assertTrue(answer.text().contains(detail), answer.text());
    assertFalse(answer.text().contains("io.grace"), answer.text());
    assertFalse(answer.text().contains("java."), answer.text());
  }

  private static Rig.Answer ingest(String json) throws IOException, InterruptedException {
    return rig.post(Role.OPERATOR, INGEST, json);
  }

  @Test
  void unknownPropertyIsNamedWithItsNeighbour() throws Exception {
    refused(ingest("{\"signal\":[]}"), 400, "did you mean 'signals'?");
    refused(
        ingest("{\"signals\":[{\"servce\":\"orders\"}]}"),
        400,
        "unknown property 'servce'; did you mean 'service'?");
  }

  @Test
  void malformedJsonIsRefusedWithItsPlace() throws Exception {
    refused(ingest("{\"signals\": nope}"), 400, "line 1, column");
    refused(ingest("{} {}"), 400, "nothing may follow");
    refused(ingest("{\"service\":\"a\",\"service\":\"b\"}"), 400, "no valid JSON");
    refused(ingest(""), 400, "JSON");
  }

  @Test
  void wrongTypesAreNamed() throws Exception {
    refused(ingest("{\"signals\":[{\"value\":\"5\"}]}"), 400, "signals[0].value must be a number");
    refused(ingest("{\"at\":\"yesterday\"}"), 400, "at must be a time");
    refused(ingest("[]"), 400, "the body must be an object");
    refused(rig.get(Role.VIEWER, "/api/runs?limit=many"), 400, "limit has the wrong type");
  }

  @Test
  void inputIsBounded() throws Exception {
    refused(ingest("{\"signals\":[" + "{},".repeat(1000) + "{}]}"), 400, "signals must be 1–1000");
    refused(
        ingest("{\"service\":\"a b\",\"metric\":\"up\",\"value\":1}"),
        400,
        "service must be 1–120");
    refused(ingest("{\"service\":\"a\",\"metric\":\"up\"}"), 400, "value is missing");
    refused(
        ingest("{\"service\":\"a\",\"metric\":\"up\",\"value\":1,\"at\":\"2999-01-01T00:00:00Z\"}"),
        400,
        "in the future");
    refused(
        rig.post(Role.OPERATOR, "/api/pause", "{\"reason\":\"" + "x".repeat(1001) + "\"}"),
        400,
        "at most 1000");
    refused(rig.post(Role.OPERATOR, "/api/pause", "{}"), 400, "reason is missing");
    refused(rig.post(Role.OPERATOR, "/api/pause", "{\"reason\":\"\\u001b[2J\"}"), 400, "control");
    refused(rig.get(Role.VIEWER, "/api/runs?limit=501"), 400, "limit must be 1–500");
    refused(rig.get(Role.VIEWER, "/api/log/entries?after=-1"), 400, "after must be");
    refused(rig.get(Role.VIEWER, "/api/runs?state=lost"), 400, "one of all, open, ended");
  }

  @Test
  void wrongMediaTypeIsRefused() throws Exception {
    var request = rig.request(INGEST).header("Content-Type", "text/plain");
    Rig.authorize(request, Role.OPERATOR);
    refused(rig.send(request.POST(BodyPublishers.ofString("{}")).build()), 415, "application/json");
  }

  @Test
  void whatIsNotThereIsSaidSo() throws Exception {
    refused(rig.get(Role.VIEWER, "/api/runs/r-999999"), 404, "no run r-999999");
    refused(rig.get(Role.VIEWER, "/api/runs/r-999999/story"), 404, "no run r-999999");
    refused(rig.get(Role.VIEWER, "/api/incidents/i-9"), 404, "no incident i-9");
    refused(
        rig.post(Role.VIEWER, "/api/triage/diagnose", "{\"service\":\"nobody\"}"), 404, "nobody");
    refused(rig.get(Role.VIEWER, "/api/nothing"), 404, "no such path");
    refused(rig.post(Role.OPERATOR, "/api/status", "{}"), 405, "GET");
  }

  @Test
  void storeThatCannotBeReadIsNotABug() throws Exception {
    rig.backend.broken.set(true);

    refused(rig.get(Role.VIEWER, "/api/log/entries"), 503, "cannot be read now");
    refused(rig.get(Role.APPROVER, "/api/log/export"), 503, "cannot be read now");
    refused(
        rig.post(Role.OPERATOR, "/api/pause", "{\"reason\":\"disk\"}"),
        503,
        "nothing was done or recorded");
    Rig.await(
        "health is degraded",
        () -> rig.backend.loopStatus().state() != io.grace.runtime.loop.LoopThread.State.RUNNING);
    Rig.Answer health = rig.send(rig.request("/api/health").build());
    assertEquals("degraded", health.json().path("status").asString());
  }

  private static String head(String length) {
    return "POST "
        + INGEST
        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer operator\r\n"
        + "Content-Type: application/json\r\n"
        + length
        + "\r\n\r\n";
  }

  @Test
  void announcedLargeBodyIsRefusedBeforeItIsSent() throws Exception {
    String answer = rig.rawUntil("1048576 bytes", head("Content-Length: 10485760"));

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("Connection: close"), answer);
  }

  @Test
  void largeBodyOfUnknownLengthIsCutOff() throws Exception {
    String chunk = "10000\r\n" + " ".repeat(65_536) + "\r\n";
    String body = chunk.repeat(16) + "2\r\n  \r\n";

    String answer = rig.rawUntil("1048576 bytes", head("Transfer-Encoding: chunked") + body);

    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("Connection: close"), answer);
  }

  @Test
  void largeBodyIsNotReadToItsEnd() throws Exception {
    long length = 256L << 20;
    byte[] part = new byte[65_536];
    long sent = 0;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), rig.port)) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Content-Length: " + length).getBytes(StandardCharsets.US_ASCII));
      while (sent < length) {
        out.write(part);
        sent += part.length;
      }
    } catch (IOException _) {
      // The server closed: that is the point.
    }

    assertTrue(sent < length, "all was taken: " + sent);
  }

  @Test
  void whatTheContainerRefusesIsAProblemToo() throws Exception {
    String malformed = rig.raw("G@T / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    String doubled =
        rig.raw("GET //api/status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    String climbing =
        rig.raw("GET /api/%2e%2e/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    for (String answer : new String[] {malformed, doubled, climbing}) {
      assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
      assertTrue(answer.contains("malformed-request"), answer);
      assertFalse(answer.contains("Tomcat"), answer);
      assertFalse(answer.contains("\r\nServer:"), answer);
    }
  }
}
