package io.grace.domains.ml;

import io.grace.core.spi.Secrets;
import io.grace.runtime.http.Exchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An outside MLflow tracking server, asked over its REST API 2.0. *Thread-safe.*
final class MlflowServer {
  private static final String PREFIX = "/api/2.0/mlflow/";
  private static final int BYTES_MAX = 4 << 20;

  /// A page of it; a model of more versions than these many pages hold is not looked through.
  private static final int PAGE = 200;

  private static final int PAGES_MAX = 10;

  private final JsonMapper json = JsonMapper.builder().build();
  private final HttpClient client;
  private final URI base;
  private final Optional<String> token;
  private final Secrets secrets;
  private final Duration timeout;

  /// A version as the server tells of it.
  record Told(String model, int number, Stage stage, String runId, Map<String, String> tags) {}

  /// The server says no, or nothing.
  static final class Failure extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean isPassing;

    Failure(String message, boolean isPassing) {
      super(message);
      this.isPassing = isPassing;
    }

    /// Whether the same may be asked again.
    boolean isPassing() {
      return isPassing;
    }
  }

  /// @param token refers to a bearer token; empty if the server wants none
  MlflowServer(
      HttpClient client, URI base, Optional<String> token, Secrets secrets, Duration timeout) {
    this.client = client;
    this.base = base;
    this.token = token;
    this.secrets = secrets;
    this.timeout = timeout;
  }

  /// By number.
  List<Told> versions(String model) throws Failure, InterruptedException {
    if (model.contains("'")) {
      throw new Failure("a name with a quote cannot be asked for: " + model, false);
    }
    var all = new ArrayList<Told>();
    String page = "";
    for (int i = 0; i < PAGES_MAX; i++) {
      var query = new TreeMap<String, String>();
      query.put("filter", "name='" + model + "'");
      query.put("max_results", String.valueOf(PAGE));
      if (!page.isEmpty()) {
        query.put("page_token", page);
      }
      JsonNode answer = get("model-versions/search", query);
      for (JsonNode one : answer.path("model_versions")) {
        all.add(told(one));
      }
      page = answer.path("next_page_token").asString("");
      if (page.isEmpty()) {
        break;
      }
    }
    all.sort(Comparator.comparingInt(Told::number));
    return all;
  }

  private static Told told(JsonNode one) throws Failure {
    String number = one.path("version").asString("");
    Optional<Stage> stage = Stage.of(one.path("current_stage").asString("None"));
    if (!number.matches("\\d{1,9}") || stage.isEmpty()) {
      throw new Failure("wanted a version and its stage: " + one, false);
    }
    var tags = new TreeMap<String, String>();
    for (JsonNode tag : one.path("tags")) {
      tags.put(tag.path("key").asString(""), tag.path("value").asString(""));
    }
    return new Told(
        one.path("name").asString(""),
        Integer.parseInt(number),
        stage.get(),
        one.path("run_id").asString(""),
        tags);
  }

  /// The newest value of a metric of a run.
  OptionalDouble metric(String runId, String key) throws Failure, InterruptedException {
    JsonNode answer = get("runs/get", Map.of("run_id", runId));
    for (JsonNode metric : answer.path("run").path("data").path("metrics")) {
      if (metric.path("key").asString("").equals(key) && metric.path("value").isNumber()) {
        return OptionalDouble.of(metric.path("value").asDouble());
      }
    }
    return OptionalDouble.empty();
  }

  /// Moves a version and archives what was in the stage.
  void move(String model, int number, Stage to) throws Failure, InterruptedException {
    post(
        "model-versions/transition-stage",
        Map.of(
            "name",
            model,
            "version",
            String.valueOf(number),
            "stage",
            to.label(),
            "archive_existing_versions",
            true));
  }

  void tag(String model, int number, String key, String value)
      throws Failure, InterruptedException {
    post(
        "model-versions/set-tag",
        Map.of("name", model, "version", String.valueOf(number), "key", key, "value", value));
  }

  private JsonNode get(String path, Map<String, String> query)
      throws Failure, InterruptedException {
    String text =
        new TreeMap<>(query)
            .entrySet().stream()
                .map(
                    e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    return send(HttpRequest.newBuilder(uri(path + "?" + text)).GET());
  }

  private void post(String path, Map<String, Object> body) throws Failure, InterruptedException {
    send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  private URI uri(String path) {
    String start = base.toString();
    return URI.create(
        (start.endsWith("/") ? start.substring(0, start.length() - 1) : start) + PREFIX + path);
  }

  private JsonNode send(HttpRequest.Builder request) throws Failure, InterruptedException {
    if (token.isPresent()) {
      var secret = secrets.resolve(token.get());
      if (secret.isEmpty()) {
        throw new Failure("the token " + token.get() + " cannot be read", true);
      }
      request.header("Authorization", "Bearer " + secret.get().reveal());
    }
    try {
      var answer = Exchange.send(client, request.timeout(timeout).build(), timeout, BYTES_MAX);
      if (answer.status() != 200) {
        throw refused(answer.status(), answer.text());
      }
      if (answer.isCut()) {
        throw new Failure("an answer of more than " + BYTES_MAX + " bytes", false);
      }
      return json.readTree(answer.text());
    } catch (IOException e) {
      throw new Failure("MLflow at " + base + " does not answer: " + e.getMessage(), true);
    } catch (JacksonException _) {
      throw new Failure("MLflow at " + base + " answers what is no JSON", false);
    }
  }

  private Failure refused(int status, String text) {
    String told = "";
    try {
      JsonNode body = json.readTree(text);
      told = body.path("error_code").asString("") + ": " + body.path("message").asString("");
    } catch (JacksonException _) {
      // A proxy before it speaks for itself.
    }
    return new Failure(
        "MLflow refuses with %d %s".formatted(status, told), status == 429 || status >= 500);
  }
}
