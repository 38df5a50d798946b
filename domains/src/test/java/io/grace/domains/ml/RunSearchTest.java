package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `runs/search` on four runs: `a` to `c` in the experiment 0, `d` in another.
class RunSearchTest {
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
    told("experiments/create", Map.of("name", "other"));
    run(
        "0",
        "a",
        1000,
        Map.of("rmse", 0.5, "f1 score", 0.9),
        Map.of("depth", "3", "model", "Tree"));
    run("0", "b", 2000, Map.of("rmse", 0.7, "f1 score", -0.5), Map.of("depth", "5"));
    run("0", "c", 3000, Map.of(), Map.of("model", "Forest"));
    run("1", "d", 4000, Map.of("rmse", 0.1), Map.of());
  }

  @AfterEach
  void close() {
    tracking.close();
    registry.close();
  }

  private void run(
      String experiment,
      String name,
      long started,
      Map<String, Double> metrics,
      Map<String, String> params) {
    String id =
        told(
                "runs/create",
                Map.of(
                    "experiment_id",
                    experiment,
                    "run_name",
                    name,
                    "user_id",
                    name.equals("b") ? "bob" : "ann",
                    "start_time",
                    started,
                    "tags",
                    List.of(Map.of("key", "mlflow.source.name", "value", name + ".py"))))
            .path("run")
            .path("info")
            .path("run_id")
            .asString();
    metrics.forEach((key, value) ->
        told("runs/log-metric", Map.of("run_id", id, "key", key, "value", value, "timestamp", 1)));
    params.forEach((key, value) ->
        told("runs/log-parameter", Map.of("run_id", id, "key", key, "value", value)));
    if (name.equals("a")) {
      told("runs/update", Map.of("run_id", id, "status", "FINISHED", "end_time", 1500));
    }
  }

  private JsonNode told(String path, Map<String, ?> body) {
    var answer = ask(path, body);
    assertEquals(200, answer.status(), answer.toString());
    return answer.body();
  }

  private MlflowApi.Answer ask(String path, Map<String, ?> body) {
    return api.handle("POST", MlflowApi.PREFIX + path, JSON.valueToTree(body));
  }

  private static String names(JsonNode answer) {
    var names = new StringBuilder();
    answer.path("runs").forEach(r -> names.append(r.path("info").path("run_name").asString()));
    return names.toString();
  }

  private String found(String filter, String... order) {
    return names(
        told(
            "runs/search",
            Map.of("experiment_ids", List.of("0"), "filter", filter, "order_by", order)));
  }

  private void refused(Map<String, ?> body) {
    var answer = ask("runs/search", body);
    assertEquals(400, answer.status(), answer.toString());
    assertEquals("INVALID_PARAMETER_VALUE", answer.body().path("error_code").asString());
    assertFalse(answer.body().path("message").asString().isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "metrics.rmse < 0.6 | a",
        "metrics.rmse <= 0.7 and metrics.rmse>=5e-1 | ba",
        "metric.rmse = 0.7 | b",
        "metrics.rmse != 0.7 | a",
        "metrics.\"f1 score\" > -1 AND params.depth = '5' | b",
        "metrics.`f1 score` < 0 | b",
        "params.model LIKE 'T%' | a",
        "params.model like 't%' | ~~",
        "param.model ILIKE 'f_r%T' | c",
        "parameters.depth != \"3\" | b",
        "tags.mlflow.source.name = 'c.py' | c",
        "tags.\"mlflow.source.name\" LIKE '%.py' | cba",
        "attributes.status = 'FINISHED' | a",
        "status != 'FINISHED' | cb",
        "attr.start_time >= 2000 AND run.user_id = 'ann' | c",
        "end_time > 0 | a",
        "attributes.`Run name` = 'b' | b",
        "artifact_uri LIKE 'grace:0/%' | cba",
        "params.team != 'x' | ~~"
      })
  void runsThatFulfilEveryComparisonAreFound(String filter, String names) {
    assertEquals(names, found(filter));
  }

  @Test
  void idsMayBeComparedWithAList() {
    JsonNode all = told("runs/search", Map.of("experiment_ids", List.of("0"))).path("runs");
    String first = all.path(0).path("info").path("run_id").asString();
    String second = all.path(1).path("info").path("run_id").asString();
    String list = "('" + first + "', \"" + second + "\")";

    assertEquals("cb", found("attributes.run_id IN " + list));
    assertEquals("a", found("run_id not in " + list));
  }

  @Test
  void orderIsAsWantedThenTheYoungestFirstAndWhatHasNoValueIsLast() {
    assertEquals("cba", found(""));
    assertEquals("abc", found("", "metrics.rmse"));
    assertEquals("bac", found("", "metrics.rmse DESC"));
    assertEquals("cab", found("", "params.`model` asc"));
    assertEquals("acb", found("", "attributes.user_id ASC", "start_time"));
    assertEquals("bca", found("", "user_id desc", "status DESC"));
  }

  @Test
  void whatIsNoNumberComesBehindNumbersAndBeforeNothing() {
    run("0", "e", 500, Map.of("rmse", Double.NaN), Map.of());

    assertEquals("abec", found("", "metrics.rmse"));
    assertEquals("baec", found("", "metrics.rmse DESC"));
  }

  @Test
  void pagesFollowEachOtherAndEnd() {
    var names = new ArrayList<String>();
    String token = "";
    do {
      JsonNode page =
          told(
              "runs/search",
              Map.of("experiment_ids", List.of("0", "1"), "max_results", 2, "page_token", token));
      names.add(names(page));
      token = page.path("next_page_token").asString("");
    } while (!token.isEmpty() && names.size() < 5);

    assertEquals(List.of("dc", "ba"), names);
  }

  @Test
  void onlyTheExperimentsThatAreNamedAreSearched() {
    assertEquals("d", names(told("runs/search", Map.of("experiment_ids", List.of("1")))));
    assertEquals("", names(told("runs/search", Map.of())));
    assertEquals("", names(told("runs/search", Map.of("experiment_ids", List.of("77")))));
    assertEquals(
        "",
        names(
            told(
                "runs/search",
                Map.of("experiment_ids", List.of("0"), "run_view_type", "DELETED_ONLY"))));
  }

  @Test
  void runsAreShownWhole() {
    JsonNode run =
        told("runs/search", Map.of("experiment_ids", List.of("0"), "filter", "run_name = 'a'"))
            .path("runs")
            .path(0);

    assertEquals(
        run,
        api.handle(
                "GET",
                MlflowApi.PREFIX + "runs/get",
                JSON.valueToTree(Map.of("run_id", run.path("info").path("run_id").asString())))
            .body()
            .path("run"));
    assertEquals(2, run.path("data").path("metrics").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "metrics.rmse",
        "metrics.rmse <",
        "metrics.rmse < '0.5'",
        "metrics.rmse LIKE '1'",
        "metrics.rmse < 0.5 OR metrics.rmse > 1",
        "metrics.rmse < 0.5 AND",
        "metrics.rmse < 0.5 params.depth = '3'",
        "metrics.rmse < 0.5; DROP TABLE runs",
        "metrics < 1",
        "metrics. < 1",
        "metrics.'rmse' < 1",
        "metrics.rmse < 1x",
        "params.depth = 3",
        "params.depth > '3'",
        "params.depth = `3`",
        "params.depth = '3",
        "params.depth IN ('3')",
        "start_time = '1'",
        "start_time > 1.5",
        "status > 'A'",
        "status IN ('FINISHED')",
        "run_id IN ()",
        "run_id IN ('a',)",
        "run_id NOT 'a'",
        "lifecycle_stage = 'active'",
        "dataset.name = 'x'",
        "params.depth IS NULL",
        "(metrics.rmse < 1)",
        "1 = 1"
      })
  void filterThatIsNotOneIsRefused(String filter) {
    refused(Map.of("experiment_ids", List.of("0"), "filter", filter));
  }

  @Test
  void whatIsOutOfBoundsIsRefused() {
    refused(Map.of("max_results", 0));
    refused(Map.of("max_results", 50_001));
    refused(Map.of("max_results", "many"));
    refused(Map.of("page_token", "next"));
    refused(Map.of("run_view_type", "SOME"));
    refused(Map.of("order_by", List.of("metrics.rmse UP")));
    refused(Map.of("order_by", List.of("metrics.rmse DESC ASC")));
    refused(Map.of("order_by", List.of("colour")));
    refused(Map.of("order_by", List.of("")));
    refused(Map.of("order_by", List.of(Map.of("by", "start_time"))));
    refused(Map.of("order_by", java.util.Collections.nCopies(21, "start_time")));
    refused(Map.of("filter", "metrics.rmse < 1" + " AND metrics.rmse < 1".repeat(300)));
    refused(Map.of("filter", List.of("metrics.rmse < 1")));
    assertEquals(
        "cba", names(told("runs/search", Map.of("experiment_ids", "0", "max_results", 50_000))));
  }

  @Test
  void patternThatIsMadeToTakeForeverDoesNot() {
    String pattern = "%a".repeat(1_000) + "%b";
    String text = "a".repeat(8_000);

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertFalse(new Like(pattern, false).matches(text)));
    assertTrue(new Like(pattern, true).matches(text + "B"));
  }
}
