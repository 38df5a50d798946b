package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.grace.core.spi.Secrets;
import io.grace.core.spi.Secrets.Secret;
import io.grace.runtime.http.Exchange;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the client needs of a server: the strict stand-in and GRACE's own API keep it, and a real
/// MLflow does where `GRACE_MLFLOW_URL` names one; without it that part says that it was skipped.
class MlflowServerContractTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Secrets SECRETS =
      ref ->
          ref.equals("env:TOKEN") ? Optional.of(new Secret(StrictMlflow.TOKEN)) : Optional.empty();

  /// One that passes for every server.
  abstract static class Contract {
    /// Names differ from run to run, for a real server remembers.
    private final String model = "model-" + System.nanoTime();

    abstract URI url();

    private MlflowServer client() {
      return new MlflowServer(
          Exchange.newClient(), url(), Optional.of("env:TOKEN"), SECRETS, Duration.ofSeconds(20));
    }

    private JsonNode post(String path, ObjectNode fields) throws Exception {
      try (var http = HttpClient.newHttpClient()) {
        var request =
            HttpRequest.newBuilder(URI.create(url() + MlflowApi.PREFIX + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + StrictMlflow.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(fields.toString()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), path + ": " + answer.body());
        return JSON.readTree(answer.body());
      }
    }

    private String run(double accuracy) throws Exception {
      ObjectNode fields = MlflowApi.object();
      fields.put("experiment_id", "0").put("start_time", 1L);
      String id = post("runs/create", fields).path("run").path("info").path("run_id").asString();
      ObjectNode metric = MlflowApi.object();
      metric.put("run_id", id).put("key", "accuracy").put("value", accuracy).put("timestamp", 2L);
      post("runs/log-metric", metric);
      return id;
    }

    private void version(String run) throws Exception {
      post(
          "model-versions/create",
          MlflowApi.object()
              .put("name", model)
              .put("source", "mlflow-artifacts:/1/" + run + "/artifacts/model")
              .put("run_id", run));
    }

    @BeforeEach
    void twoVersions() throws Exception {
      post("registered-models/create", MlflowApi.object().put("name", model));
      version(run(0.9));
      version(run(0.2));
    }

    @Test
    void versionsAreToldByNumberWithStageAndRun() throws Exception {
      List<MlflowServer.Told> all = client().versions(model);

      assertEquals(List.of(1, 2), all.stream().map(MlflowServer.Told::number).toList());
      assertEquals(Stage.NONE, all.getFirst().stage());
      assertEquals(OptionalDouble.of(0.9), client().metric(all.getFirst().runId(), "accuracy"));
      assertEquals(OptionalDouble.empty(), client().metric(all.getFirst().runId(), "other"));
    }

    @Test
    void aMoveArchivesWhatWasThere() throws Exception {
      client().move(model, 1, Stage.PRODUCTION);
      client().move(model, 2, Stage.PRODUCTION);

      List<Stage> stages = client().versions(model).stream().map(MlflowServer.Told::stage).toList();
      assertEquals(List.of(Stage.ARCHIVED, Stage.PRODUCTION), stages);
    }

    @Test
    void aTagIsToldOf() throws Exception {
      client().tag(model, 2, Tags.ROLLED_BACK, "true");

      assertEquals("true", client().versions(model).getLast().tags().get(Tags.ROLLED_BACK));
    }

    @Test
    void whatIsNotThereIsNoPassingFailure() throws Exception {
      var failure =
          assertThrows(
              MlflowServer.Failure.class, () -> client().move(model, 99, Stage.PRODUCTION));

      assertFalse(failure.isPassing());
      assertTrue(
          String.valueOf(failure.getMessage()).contains("RESOURCE_DOES_NOT_EXIST"),
          failure.toString());
    }

    @Test
    void aModelThatAnswersBadlyGivesWayAndIsGivenBack() throws Exception {
      client().move(model, 1, Stage.PRODUCTION);
      client().move(model, 2, Stage.PRODUCTION);
      var outside =
          new Outside(Optional.of(client()), List.of(model), "accuracy", Duration.ofSeconds(1));

      outside.collect(Instant.now());
      Outside.Finding bad = outside.worst().orElseThrow();
      assertEquals(0.2, bad.accuracy(), 1e-9);
      String found = outside.rollback(bad);
      outside.collect(Instant.now());
      assertEquals(0.9, outside.worst().orElseThrow().accuracy(), 1e-9);

      outside.restore(found);
      outside.collect(Instant.now());
      assertEquals(2, outside.worst().orElseThrow().number());
    }
  }

  @Nested
  class OfTheStrictStandIn extends Contract {
    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
      server = new LoopbackServer(new StrictMlflow());
      super.twoVersions();
    }

    @Override
    @BeforeEach
    void twoVersions() {
      // Only once the server is there.
    }

    @AfterEach
    void stop() {
      server.close();
    }

    @Override
    URI url() {
      return server.uri();
    }

    @Test
    void withoutTheTokenNothingIsTold() throws Exception {
      var without =
          new MlflowServer(
              Exchange.newClient(), url(), Optional.empty(), SECRETS, Duration.ofSeconds(5));

      assertThrows(MlflowServer.Failure.class, () -> without.versions("any"));
    }
  }

  @Nested
  class OfGrace extends Contract {
    @TempDir Path directory;
    private Registry registry;
    private Tracking tracking;
    private LoopbackServer server;

    @BeforeEach
    void start() throws Exception {
      registry = Registry.open(directory, InstantSource.system());
      tracking = Tracking.open(directory.resolve("tracking.log"), InstantSource.system());
      server = LoopbackServer.of(new MlflowApi(registry, tracking));
      super.twoVersions();
    }

    @Override
    @BeforeEach
    void twoVersions() {
      // Only once the server is there.
    }

    @AfterEach
    void stop() {
      server.close();
      tracking.close();
      registry.close();
    }

    @Override
    URI url() {
      return server.uri();
    }
  }

  @Nested
  class OfARealServer extends Contract {
    private static final String URL = System.getenv("GRACE_MLFLOW_URL");

    @Override
    @BeforeEach
    void twoVersions() throws Exception {
      assumeTrue(URL != null, "skipped: GRACE_MLFLOW_URL names no MLflow server");
      super.twoVersions();
    }

    @Override
    URI url() {
      return URI.create(URL == null ? "http://127.0.0.1:1" : URL);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAPassingFailure() {
    var nobody =
        new MlflowServer(
            Exchange.newClient(),
            URI.create("http://127.0.0.1:1"),
            Optional.empty(),
            SECRETS,
            Duration.ofSeconds(5));

    var failure = assertThrows(MlflowServer.Failure.class, () -> nobody.versions("any"));

    assertTrue(failure.isPassing());
  }
}
