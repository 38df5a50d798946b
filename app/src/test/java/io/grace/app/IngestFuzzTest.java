package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.state.Sensed;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Whatever is pushed: an answer, never a 500, and a loop that goes on.
class IngestFuzzTest {
  private static final int CASES = 1_500;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private static final List<String> HOSTILE =
      List.of(
          "\u0000",
          "\u001b[2J",
          "\ud800",
          "\\ud800",
          "\u202e",
          "\"",
          "{",
          "]",
          "1e999999",
          "-0",
          "null",
          "9".repeat(300),
          "\\",
          "%00",
          "../../etc/passwd",
          "'; drop table entries;--",
          "\\u0000",
          "\uFEFF",
          "true");

  private static Rig rig;

  @BeforeAll
  static void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  private record Target(String path, String type, List<byte[]> seeds) {}

  @Test
  void mutatedDeliveriesAreAnsweredAndNeverBreakAnything() throws Exception {
    var targets =
        List.of(
            new Target(
                "/api/ingest/alertmanager",
                "application/json",
                List.of(bytes(Deliveries.firing("Fuzz")), bytes(Deliveries.resolved("Fuzz")))),
            new Target(
                "/api/ingest/events",
                "application/cloudevents+json",
                List.of(
                    bytes(
                        "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":{\"service\":\"orders\",\"text\":\"x\"}}"))),
            new Target(
                "/api/ingest/events",
                "application/cloudevents-batch+json",
                List.of(bytes("[{\"specversion\":\"1.0\",\"id\":\"2\"}]"))),
            new Target(
                "/api/ingest/otel/v1/metrics",
                "application/json",
                List.of(
                    bytes(
                        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"orders\"}}]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"requests\",\"sum\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"asInt\":\"7\",\"attributes\":[]}]}}]}]}]}"))),
            new Target(
                "/api/ingest/otel/v1/metrics",
                "application/x-protobuf",
                List.of(new byte[] {10, 4, 18, 2, 18, 0}, new byte[0])));
    var wrong = new ArrayList<String>();
    for (int seed = 0; seed < CASES; seed++) {
      var random = new Random(seed);
      Target target = targets.get(seed % targets.size());
      byte[] body = mutated(target.seeds().get(random.nextInt(target.seeds().size())), random);
      var answer =
          rig.send(
              rig.request(target.path())
                  .timeout(LONGEST)
                  .header("Authorization", "Bearer " + MemoryBackend.SECRET)
                  .header("Content-Type", target.type())
                  .POST(BodyPublishers.ofByteArray(body))
                  .build());
      if (answer.status() >= 500 || answer.text().contains("Exception")) {
        wrong.add("seed " + seed + ": " + answer.status() + " " + answer.text());
      }
    }

    assertEquals(List.of(), wrong);
    assertEquals(
        "running",
        rig.get(Role.VIEWER, "/api/health").json().path("loop").path("state").asString());
    assertTrue(rig.backend.snapshot().sensed().alerts().size() <= Sensed.ALERTS_MAX);
  }

  @Test
  void deepNestingIsRefused() throws Exception {
    String deep =
        "{\"version\":\"4\",\"alerts\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

    assertEquals(400, alertmanager(bytes(deep)).status());
  }

  @Test
  void whatIsLargerThanTheLimitIsRefused() throws Exception {
    assertEquals(413, alertmanager(new byte[5 * 1024 * 1024]).status());
  }

  @Test
  void whoSendsTooSlowlyIsCutOff() throws Exception {
    long began = System.nanoTime();

    String answer =
        rig.raw(
            "POST /api/ingest/alertmanager HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type:"
                + " application/json\r\nContent-Length: 1000\r\nAuthorization: Bearer "
                + MemoryBackend.SECRET
                + "\r\n\r\n{\"version\":",
            Duration.ofSeconds(40));

    assertTrue(System.nanoTime() - began < Duration.ofSeconds(40).toNanos());
    assertTrue(!answer.contains(" 500 "), answer);
  }

  private static Rig.Answer alertmanager(byte[] body) throws Exception {
    return rig.send(
        rig.request("/api/ingest/alertmanager")
            .timeout(LONGEST)
            .header("Authorization", "Bearer " + MemoryBackend.SECRET)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build());
  }

  private static byte[] mutated(byte[] seed, Random random) {
    byte[] body = seed.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      body =
          switch (random.nextInt(5)) {
            case 0 -> cut(body, random);
            case 1 -> flipped(body, random);
            case 2 -> inserted(body, bytes(HOSTILE.get(random.nextInt(HOSTILE.size()))), random);
            case 3 -> doubled(body, random);
            default -> replacedValue(body, random);
          };
    }
    return body;
  }

  private static byte[] cut(byte[] body, Random random) {
    return body.length == 0 ? body : java.util.Arrays.copyOf(body, random.nextInt(body.length));
  }

  private static byte[] flipped(byte[] body, Random random) {
    if (body.length > 0) {
      body[random.nextInt(body.length)] = (byte) random.nextInt(256);
    }
    return body;
  }

  private static byte[] inserted(byte[] body, byte[] what, Random random) {
    int at = random.nextInt(body.length + 1);
    byte[] all = new byte[body.length + what.length];
    System.arraycopy(body, 0, all, 0, at);
    System.arraycopy(what, 0, all, at, what.length);
    System.arraycopy(body, at, all, at + what.length, body.length - at);
    return all;
  }

  private static byte[] doubled(byte[] body, Random random) {
    int from = random.nextInt(body.length + 1);
    return inserted(body, java.util.Arrays.copyOfRange(body, from, body.length), random);
  }

  private static byte[] replacedValue(byte[] body, Random random) {
    String text = new String(body, StandardCharsets.UTF_8);
    String with =
        random.nextBoolean()
            ? "\"" + "x".repeat(random.nextInt(20_000)) + "\""
            : "\"" + HOSTILE.get(random.nextInt(HOSTILE.size())) + "\"";
    int start = text.indexOf(":\"", random.nextInt(text.length() + 1));
    int end = start < 0 ? -1 : text.indexOf('"', start + 2);
    return end < 0 ? body : bytes(text.substring(0, start + 1) + with + text.substring(end + 1));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
