package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.ml.Version.Lineage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The documented endpoints, and what stays on the disk of what they were told.
class MlflowApiTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir Path directory;
  private Registry registry;
  private Tracking tracking;
  private MlflowApi api;

  @BeforeEach
  void open() throws IOException {
    registry = Registry.open(directory, InstantSource.system());
    tracking = Tracking.open(directory.resolve("tracking.log"), InstantSource.system());
    api = new MlflowApi(registry, tracking);
  }

  @AfterEach
  void close() {
    tracking.close();
    registry.close();
  }

  private void again() throws IOException {
    close();
    open();
  }

  private MlflowApi.Answer ask(String method, String path, String json) {
    return api.handle(method, MlflowApi.PREFIX + path, JSON.readTree(json));
  }

  private JsonNode told(String method, String path, String json) {
    var answer = ask(method, path, json);
    assertEquals(200, answer.status(), answer.toString());
    return answer.body();
  }

  private void refused(int status, String code, MlflowApi.Answer answer) {
    assertEquals(status, answer.status(), answer.toString());
    assertEquals(code, answer.body().path("error_code").asString());
    assertFalse(answer.body().path("message").asString().isEmpty());
  }

  @Test
  void aModelOfOthersIsKeptAcrossRestarts() throws IOException {
    told(
        "POST",
        "registered-models/create",
        "{'name': 'churn', 'description': 'who leaves', 'tags': [{'key': 'team', 'value': 'crm'}]}"
            .replace('\'', '"'));
    told(
        "POST",
        "model-versions/create",
        "{\"name\": \"churn\", \"source\": \"s3://models/1\", \"run_id\": \"abc\"}");
    told(
        "POST",
        "model-versions/transition-stage",
        "{\"name\": \"churn\", \"version\": \"1\", \"stage\": \"production\","
            + " \"archive_existing_versions\": false}");

    again();

    JsonNode model =
        told("GET", "registered-models/get", "{\"name\": \"churn\"}").path("registered_model");
    assertEquals("who leaves", model.path("description").asString());
    assertEquals("crm", model.path("tags").path(0).path("value").asString());
    JsonNode version = model.path("latest_versions").path(0);
    assertEquals("1", version.path("version").asString());
    assertEquals("Production", version.path("current_stage").asString());
    assertEquals("READY", version.path("status").asString());
    assertEquals("s3://models/1", version.path("source").asString());
  }

  @Test
  void errorsAreToldAsMlflowTellsThem() {
    refused(
        404,
        "RESOURCE_DOES_NOT_EXIST",
        ask("GET", "registered-models/get", "{\"name\": \"nobody\"}"));
    refused(400, "INVALID_PARAMETER_VALUE", ask("GET", "registered-models/get", "{}"));
    refused(404, "ENDPOINT_NOT_FOUND", ask("GET", "runs/fly", "{}"));
    refused(404, "ENDPOINT_NOT_FOUND", ask("GET", "registered-models/create", "{}"));
    refused(400, "INVALID_PARAMETER_VALUE", ask("POST", "registered-models/create", "[]"));
    told("POST", "registered-models/create", "{\"name\": \"a\"}");
    refused(
        400,
        "RESOURCE_ALREADY_EXISTS",
        ask("POST", "registered-models/create", "{\"name\": \"a\"}"));
    refused(
        404,
        "RESOURCE_DOES_NOT_EXIST",
        ask("POST", "model-versions/create", "{\"name\": \"b\", \"source\": \"x\"}"));
    refused(
        404,
        "RESOURCE_DOES_NOT_EXIST",
        ask("GET", "model-versions/get", "{\"name\": \"a\", \"version\": \"7\"}"));
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask("GET", "model-versions/get", "{\"name\": \"a\", \"version\": \"seven\"}"));
    refused(
        404,
        "RESOURCE_DOES_NOT_EXIST",
        ask("GET", "experiments/get-by-name", "{\"experiment_name\": \"none\"}"));
    refused(
        404, "RESOURCE_DOES_NOT_EXIST", ask("POST", "runs/create", "{\"experiment_id\": \"99\"}"));
    refused(404, "RESOURCE_DOES_NOT_EXIST", ask("GET", "runs/get", "{\"run_id\": \"none\"}"));
  }

  @Test
  void aStageThatThereIsNotIsRefused() {
    told("POST", "registered-models/create", "{\"name\": \"a\"}");
    told("POST", "model-versions/create", "{\"name\": \"a\", \"source\": \"x\"}");

    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask(
            "POST",
            "model-versions/transition-stage",
            "{\"name\": \"a\", \"version\": \"1\", \"stage\": \"Prod\","
                + " \"archive_existing_versions\": true}"));
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask(
            "POST",
            "model-versions/transition-stage",
            "{\"name\": \"a\", \"version\": \"1\", \"stage\": \"Production\"}"));
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask(
            "POST",
            "model-versions/transition-stage",
            "{\"name\": \"a\", \"version\": \"1\", \"stage\": \"Archived\","
                + " \"archive_existing_versions\": true}"));
  }

  @Test
  void searchesAndPagesAreAsDocumented() {
    for (String name : new String[] {"alpha", "beta", "alphabet"}) {
      told("POST", "registered-models/create", "{\"name\": \"" + name + "\"}");
      told(
          "POST",
          "model-versions/create",
          "{\"name\": \"" + name + "\", \"source\": \"x\", \"run_id\": \"r-" + name + "\"}");
    }

    assertEquals(
        2,
        told("GET", "registered-models/search", "{\"filter\": \"name LIKE 'alpha%'\"}")
            .path("registered_models")
            .size());
    assertEquals(
        1,
        told("GET", "registered-models/search", "{\"filter\": \"name ILIKE 'BET_'\"}")
            .path("registered_models")
            .size());
    assertEquals(3, told("GET", "registered-models/list", "{}").path("registered_models").size());
    JsonNode first = told("GET", "registered-models/search", "{\"max_results\": \"2\"}");
    assertEquals(2, first.path("registered_models").size());
    JsonNode rest =
        told(
            "GET",
            "registered-models/search",
            "{\"max_results\": \"2\", \"page_token\": \""
                + first.path("next_page_token").asString()
                + "\"}");
    assertEquals("beta", rest.path("registered_models").path(0).path("name").asString());
    assertTrue(rest.path("next_page_token").isMissingNode());
    assertEquals(
        "alpha",
        told("GET", "model-versions/search", "{\"filter\": \"run_id='r-alpha'\"}")
            .path("model_versions")
            .path(0)
            .path("name")
            .asString());
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask("GET", "model-versions/search", "{\"filter\": \"1=1 OR name='x'\"}"));
  }

  @Test
  void aRunKeepsWhatWasLogged() throws IOException {
    String experiment =
        told("POST", "experiments/create", "{\"name\": \"churn\"}")
            .path("experiment_id")
            .asString();
    refused(
        400, "RESOURCE_ALREADY_EXISTS", ask("POST", "experiments/create", "{\"name\": \"churn\"}"));
    String id =
        told(
                "POST",
                "runs/create",
                "{\"experiment_id\": \""
                    + experiment
                    + "\", \"run_name\": \"first\", \"start_time\": \"1700000000000\", \"tags\":"
                    + " [{\"key\": \"mlflow.user\", \"value\": \"ann\"}]}")
            .path("run")
            .path("info")
            .path("run_id")
            .asString();
    told(
        "POST",
        "runs/log-metric",
        "{\"run_id\": \"" + id + "\", \"key\": \"accuracy\", \"value\": 0.5, \"timestamp\": 10}");
    told(
        "POST",
        "runs/log-batch",
        "{\"run_id\": \""
            + id
            + "\", \"metrics\": [{\"key\": \"accuracy\", \"value\": 0.8, \"timestamp\": 20,"
            + " \"step\": 1}, {\"key\": \"accuracy\", \"value\": 0.7, \"timestamp\": 20}],"
            + " \"params\": [{\"key\": \"depth\", \"value\": \"3\"}], \"tags\": []}");
    told(
        "POST",
        "runs/log-parameter",
        "{\"run_id\": \"" + id + "\", \"key\": \"depth\", \"value\": \"3\"}");
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask(
            "POST",
            "runs/log-parameter",
            "{\"run_id\": \"" + id + "\", \"key\": \"depth\", \"value\": \"4\"}"));
    told(
        "POST",
        "runs/update",
        "{\"run_id\": \"" + id + "\", \"status\": \"FINISHED\", \"end_time\": 1700000001000}");

    again();

    JsonNode run = told("GET", "runs/get", "{\"run_id\": \"" + id + "\"}").path("run");
    assertEquals("FINISHED", run.path("info").path("status").asString());
    assertEquals(1_700_000_000_000L, run.path("info").path("start_time").asLong());
    assertEquals(
        0.8,
        run.path("data").path("metrics").path(0).path("value").asDouble(),
        0,
        "of the latest the greatest");
    assertEquals("3", run.path("data").path("params").path(0).path("value").asString());
    assertEquals("ann", run.path("data").path("tags").path(0).path("value").asString());
    assertEquals(
        experiment,
        told("GET", "experiments/get-by-name", "{\"experiment_name\": \"churn\"}")
            .path("experiment")
            .path("experiment_id")
            .asString());
  }

  @Test
  void aBatchIsLimitedAsDocumentedAndAllOrNothing() {
    String id =
        told("POST", "runs/create", "{\"experiment_id\": \"0\"}")
            .path("run")
            .path("info")
            .path("run_id")
            .asString();
    var many = new StringBuilder();
    for (int i = 0; i < 1_001; i++) {
      many.append(i == 0 ? "" : ",")
          .append("{\"key\": \"m\", \"value\": 1, \"timestamp\": ")
          .append(i)
          .append('}');
    }

    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask("POST", "runs/log-batch", "{\"run_id\": \"" + id + "\", \"metrics\": [" + many + "]}"));
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask(
            "POST",
            "runs/log-batch",
            "{\"run_id\": \""
                + id
                + "\", \"metrics\": [{\"key\": \"good\", \"value\": 1, \"timestamp\": 1}, {\"key\":"
                + " \"bad\"}]}"));

    assertEquals(
        0,
        told("GET", "runs/get", "{\"run_id\": \"" + id + "\"}")
            .path("run")
            .path("data")
            .path("metrics")
            .size());
  }

  @Test
  void whatGraceServesIsNotDeletedFromOutside() throws Exception {
    registry.create("own", "", Map.of());
    registry.add("own", new byte[] {1, 2, 3}, Lineage.UNKNOWN, Map.of(), Map.of());
    registry.move("own", 1, Stage.PRODUCTION, true);

    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask("DELETE", "model-versions/delete", "{\"name\": \"own\", \"version\": \"1\"}"));
    refused(
        400,
        "INVALID_PARAMETER_VALUE",
        ask("DELETE", "registered-models/delete", "{\"name\": \"own\"}"));
  }
}
