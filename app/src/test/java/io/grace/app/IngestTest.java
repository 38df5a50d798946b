package io.grace.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.policy.TriageRule;
import io.grace.core.state.AlertState;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What sources push, over HTTP.
class IngestTest {
  private static final String JSON = "application/json";
  private static final ServiceId ORDERS = new ServiceId("orders");

  private Rig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new Rig(Map.of());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  // ---- Alertmanager

  @Test
  void firingAlertIsOnWhenTheDeliveryIsAnswered() throws Exception {
    var answer = bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown"));

    assertEquals(200, answer.status(), answer.text());
    AlertState alert = rig.backend.snapshot().sensed().alertsOf(ORDERS).getFirst();
    assertEquals("OrdersDown", alert.alert().name());
    assertEquals(Severity.CRITICAL, alert.alert().severity());
    assertEquals(TriageRule.SERVICE_DOWN, alert.alert().says().orElseThrow());
    assertTrue(rig.backend.snapshot().health(ORDERS).isSick());
  }

  @Test
  void sameDeliveryTwiceIsOneAlert() throws Exception {
    bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown"));
    long before = rig.backend.head().index();

    var answer = bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown"));

    assertEquals(200, answer.status());
    assertEquals(before, rig.backend.head().index());
  }

  @Test
  void resolvedAlertIsOver() throws Exception {
    bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown"));

    bearer("/api/ingest/alertmanager", JSON, Deliveries.resolved("OrdersDown"));

    assertTrue(rig.backend.snapshot().sensed().alerts().isEmpty());
    assertFalse(rig.backend.snapshot().health(ORDERS).isSick());
  }

  @Test
  void truncatedGroupIsSaidAloud() throws Exception {
    bearer(
        "/api/ingest/alertmanager",
        JSON,
        Deliveries.firing("OrdersDown").replace("\"truncatedAlerts\":0", "\"truncatedAlerts\":17"));

    assertTrue(
        rig.backend.snapshot().sensed().alerts().values().stream()
            .anyMatch(a ->
                a.alert().name().equals("TruncatedGroup")
                    && a.alert().summary().startsWith("17 alerts")));
  }

  @Test
  void alertWithoutAServiceIsKeptOnItsSource() throws Exception {
    bearer(
        "/api/ingest/alertmanager",
        JSON,
        Deliveries.firing("Odd").replace("\"service\":\"orders\"", "\"service\":\"???\""));

    assertEquals(
        new ServiceId("source.alertmanager"),
        rig.backend.snapshot().sensed().alerts().values().iterator().next().alert().service());
  }

  @Test
  void fingerprintThatMatchesNothingIsRefused() throws Exception {
    var answer =
        bearer(
            "/api/ingest/alertmanager",
            JSON,
            Deliveries.firing("x")
                .replace("\"alertname\"", "\"other\"")
                .replace("\"service\"", "\"another\""));

    assertEquals(422, answer.status());
    assertTrue(answer.text().contains("matches nothing"), answer.text());
  }

  @Test
  void otherVersionsAreRefused() throws Exception {
    var answer =
        bearer(
            "/api/ingest/alertmanager",
            JSON,
            Deliveries.firing("x").replace("\"version\":\"4\"", "\"version\":\"3\""));

    assertEquals(422, answer.status());
  }

  // ---- who may

  @Test
  void wrongSecretIsRefusedWithoutAHint() throws Exception {
    var wrong = post("/api/ingest/alertmanager", JSON, Deliveries.firing("x"), "Bearer wrong");
    var unknown = post("/api/ingest/nobody", JSON, Deliveries.firing("x"), "Bearer wrong");

    assertEquals(401, wrong.status());
    assertEquals(wrong.text(), unknown.text());
  }

  @Test
  void tokenOfAPersonOpensNoSourceAndSecretOfASourceOpensNothingElse() throws Exception {
    assertEquals(
        401, rig.post(Role.ADMIN, "/api/ingest/alertmanager", Deliveries.firing("x")).status());
    assertEquals(
        401,
        rig.send(
                rig.request("/api/status")
                    .header("Authorization", "Bearer " + MemoryBackend.SECRET)
                    .build())
            .status());
  }

  @Test
  void signedDeliveryIsTakenAndItsReplayLaterIsNot() throws Exception {
    String body =
        "{\"events\":[{\"title\":\"Hot\",\"app\":\"orders\",\"state\":\"bad\",\"level\":\"high\",\"host\":\"h1\"}]}";
    long now = Instant.now().getEpochSecond();

    assertEquals(200, signed(body, now, MemoryBackend.SECRET).status());
    assertEquals(200, signed(body, now, MemoryBackend.SECRET).status(), "sent again: no effect");
    assertEquals(401, signed(body, now - 301, MemoryBackend.SECRET).status());
    assertEquals(401, signed(body, now, "another").status());
    assertEquals(1, rig.backend.snapshot().sensed().alerts().size());
    AlertState alert = rig.backend.snapshot().sensed().alertsOf(ORDERS).getFirst();
    assertEquals("Hot", alert.alert().name());
    assertEquals(Map.of("host", "h1"), alert.alert().labels());
  }

  @Test
  void bodyThatDoesNotFitItsMapIsRefusedByName() throws Exception {
    var answer = signed("{\"wrong\":1}", Instant.now().getEpochSecond(), MemoryBackend.SECRET);

    assertEquals(422, answer.status());
    assertTrue(answer.text().contains("map.items"), answer.text());
  }

  // ---- CloudEvents

  @Test
  void cloudEventIsTakenInEveryModeAndOnlyOnce() throws Exception {
    String event =
        """
        {"specversion":"1.0","id":"%s","source":"/ci","type":"Broken",\
        "data":{"service":"orders","text":"it broke"}}\
        """;
    var structured =
        bearer("/api/ingest/events", "application/cloudevents+json", event.formatted("1"));
    var batch =
        bearer(
            "/api/ingest/events",
            "application/cloudevents-batch+json",
            "[" + event.formatted("1") + "," + event.formatted("2") + "]");
    var binary =
        rig.send(
            rig.request("/api/ingest/events")
                .header("Authorization", "Bearer " + MemoryBackend.SECRET)
                .header("Content-Type", JSON)
                .header("ce-specversion", "1.0")
                .header("ce-id", "3")
                .header("ce-source", "/ci")
                .header("ce-type", "Odd")
                .POST(BodyPublishers.ofString("{\"service\":\"stock\",\"text\":\"odd\"}"))
                .build());

    assertEquals(
        List.of(200, 200, 200), List.of(structured.status(), batch.status(), binary.status()));
    assertEquals(1, batch.json().path("reports").asInt());
    assertEquals(2, rig.backend.snapshot().sensed().alerts().size());
  }

  @Test
  void cloudEventWithoutARequiredAttributeIsRefused() throws Exception {
    var answer =
        bearer(
            "/api/ingest/events",
            "application/cloudevents+json",
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"x\",\"data\":{}}");

    assertEquals(400, answer.status());
    assertTrue(answer.text().contains("source"), answer.text());
  }

  // ---- OTLP

  @Test
  void otlpInProtobufAndJsonBecomeMeasurements() throws Exception {
    var protobuf = otlp(latency(1800), "application/x-protobuf", false);
    var squeezed = otlp(latency(1900), "application/x-protobuf", true);
    var json =
        bearer(
            "/api/ingest/otel/v1/metrics",
            JSON,
            """
            {"resourceMetrics":[{"resource":{"attributes":[{"key":"service.name",\
            "value":{"stringValue":"orders"}}]},"scopeMetrics":[{"metrics":[{"name":"app.latency",\
            "gauge":{"dataPoints":[{"asDouble":2000}]}}]}]}]}\
            """);

    assertEquals(200, protobuf.status(), protobuf.text());
    assertEquals(200, squeezed.status(), squeezed.text());
    assertEquals("{}", json.text());
    Rig.await("latency", () -> rig.backend.snapshot().health(ORDERS).isSick());
  }

  @Test
  void bombIsRefusedBeforeItUnfolds() throws Exception {
    byte[] bomb = new byte[64 * 1024 * 1024];

    assertEquals(413, otlp(bomb, "application/x-protobuf", true).status());
  }

  @Test
  void kindsHaveTheirOwnPaths() throws Exception {
    assertEquals(404, bearer("/api/ingest/otel", JSON, "{}").status());
    assertEquals(404, bearer("/api/ingest/alertmanager/v1/metrics", JSON, "{}").status());
  }

  // ---- when it cannot be kept

  @Test
  void deliveryThatCannotBeRecordedIsToBeSentAgain() throws Exception {
    rig.backend.broken.set(true);

    var answer = bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown"));

    assertEquals(503, answer.status());
    rig.backend.broken.set(false);
    assertEquals(
        200, bearer("/api/ingest/alertmanager", JSON, Deliveries.firing("OrdersDown")).status());
    assertEquals(1, rig.backend.snapshot().sensed().alerts().size());
  }

  // ---- changes

  @Test
  void changeIsSeenOnce() throws Exception {
    String body =
        "{\"id\":\"d-1\",\"service\":\"orders\",\"kind\":\"deploy\",\"ref\":\"v2\",\"summary\":\"new\"}";

    assertEquals(200, rig.post(Role.OPERATOR, "/api/changes", body).status());
    assertEquals(200, rig.post(Role.OPERATOR, "/api/changes", body).status());

    var items = rig.get(Role.VIEWER, "/api/changes").json().path("items");
    assertEquals(1, items.size());
    assertEquals("the-operator", items.get(0).path("by").asString());
  }

  @Test
  void changeOfAnUnknownRepositoryIsRefused() throws Exception {
    var answer =
        rig.post(
            Role.OPERATOR,
            "/api/changes",
            "{\"id\":\"d-1\",\"service\":\"orders\",\"repository\":\"x\",\"to\":\"main\"}");

    assertEquals(422, answer.status());
  }

  private static byte[] latency(double value) {
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder()
                .setResource(
                    Resource.newBuilder()
                        .addAttributes(
                            KeyValue.newBuilder()
                                .setKey("service.name")
                                .setValue(AnyValue.newBuilder().setStringValue("orders"))))
                .addScopeMetrics(
                    ScopeMetrics.newBuilder()
                        .addMetrics(
                            Metric.newBuilder()
                                .setName("app.latency")
                                .setGauge(
                                    Gauge.newBuilder()
                                        .addDataPoints(
                                            NumberDataPoint.newBuilder().setAsDouble(value))))))
        .build()
        .toByteArray();
  }

  private Rig.Answer otlp(byte[] body, String type, boolean isSqueezed) throws Exception {
    var request =
        rig.request("/api/ingest/otel/v1/metrics")
            .header("Authorization", "Bearer " + MemoryBackend.SECRET)
            .header("Content-Type", type);
    if (isSqueezed) {
      request.header("Content-Encoding", "gzip");
    }
    return rig.send(
        request.POST(BodyPublishers.ofByteArray(isSqueezed ? squeezed(body) : body)).build());
  }

  private static byte[] squeezed(byte[] body) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }

  private Rig.Answer signed(String body, long stamp, String secret) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signature = mac.doFinal((stamp + "." + body).getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        rig.request("/api/ingest/signed")
            .header("Content-Type", JSON)
            .header("X-Timestamp", Long.toString(stamp))
            .header("X-Signature", "sha256=" + HexFormat.of().formatHex(signature))
            .POST(BodyPublishers.ofString(body))
            .build();
    return rig.send(request);
  }

  private Rig.Answer bearer(String path, String type, String body) throws Exception {
    return post(path, type, body, "Bearer " + MemoryBackend.SECRET);
  }

  private Rig.Answer post(String path, String type, String body, String authorization)
      throws Exception {
    return rig.send(
        rig.request(path)
            .header("Authorization", authorization)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build());
  }
}
