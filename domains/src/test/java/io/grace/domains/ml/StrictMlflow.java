package io.grace.domains.ml;

import com.sun.net.httpserver.HttpExchange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A stand-in for an MLflow server that is stricter than the real one: an endpoint, a field or a
/// type that the documentation does not name is refused, and so is a request without the token.
final class StrictMlflow implements LoopbackServer.Door {
  static final String TOKEN = "only-on-loopback";

  /// By endpoint what must and what may be said.
  private record Form(Set<String> must, Set<String> may) {}

  private static final Map<String, Form> FORMS =
      Map.of(
          "POST registered-models/create", new Form(Set.of("name"), Set.of("tags", "description")),
          "POST model-versions/create",
              new Form(
                  Set.of("name", "source"), Set.of("run_id", "tags", "description", "run_link")),
          "GET model-versions/search",
              new Form(Set.of(), Set.of("filter", "max_results", "order_by", "page_token")),
          "POST model-versions/transition-stage",
              new Form(Set.of("name", "version", "stage", "archive_existing_versions"), Set.of()),
          "POST model-versions/set-tag",
              new Form(Set.of("name", "version", "key", "value"), Set.of()),
          "POST runs/create",
              new Form(
                  Set.of(), Set.of("experiment_id", "user_id", "run_name", "start_time", "tags")),
          "POST runs/log-metric",
              new Form(Set.of("run_id", "key", "value", "timestamp"), Set.of("step")),
          "GET runs/get", new Form(Set.of("run_id"), Set.of()));

  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<String, List<ObjectNode>> models = new HashMap<>();
  private final Map<String, ObjectNode> runs = new HashMap<>();

  @Override
  public MlflowApi.Answer answer(HttpExchange exchange, JsonNode fields) {
    lock.lock();
    try {
      String token = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(token)) {
        return refusal(401, "UNAUTHENTICATED", "wanted the token");
      }
      String path = exchange.getRequestURI().getPath();
      String name = exchange.getRequestMethod() + " " + path.replace(MlflowApi.PREFIX, "");
      Form form = FORMS.get(name);
      if (form == null || !path.startsWith(MlflowApi.PREFIX)) {
        return refusal(404, "ENDPOINT_NOT_FOUND", name);
      }
      if (name.startsWith("POST")
          && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
        return refusal(400, "BAD_REQUEST", "wanted application/json");
      }
      var said = new TreeSet<>(fields.propertyNames());
      var unknown = new TreeSet<>(said);
      unknown.removeAll(form.must());
      unknown.removeAll(form.may());
      if (!said.containsAll(form.must()) || !unknown.isEmpty()) {
        return refusal(400, "INVALID_PARAMETER_VALUE", name + " wants " + form + ", not " + said);
      }
      String wrong = wrongType(name, fields);
      return wrong == null ? answer(name, fields) : refusal(400, "INVALID_PARAMETER_VALUE", wrong);
    } finally {
      lock.unlock();
    }
  }

  private static @Nullable String wrongType(String name, JsonNode fields) {
    if (name.startsWith("GET")) {
      return null;
    }
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      boolean isRight =
          switch (field.getKey()) {
            case "timestamp", "step", "start_time" -> field.getValue().isIntegralNumber();
            case "value" ->
                name.endsWith("log-metric")
                    ? field.getValue().isNumber()
                    : field.getValue().isString();
            case "archive_existing_versions" -> field.getValue().isBoolean();
            case "tags" -> field.getValue().isArray();
            default -> field.getValue().isString();
          };
      if (!isRight) {
        return field.getKey() + " is of the wrong type: " + field.getValue();
      }
    }
    return null;
  }

  private MlflowApi.Answer answer(String name, JsonNode in) {
    String model = in.path("name").asString("");
    return switch (name) {
      case "POST registered-models/create" -> {
        models.put(model, new ArrayList<>());
        yield ok("registered_model", MlflowApi.object().put("name", model));
      }
      case "POST model-versions/create" -> {
        ObjectNode version = MlflowApi.object().put("name", model);
        version.put("version", String.valueOf(models.getOrDefault(model, List.of()).size() + 1));
        version.put("current_stage", "None").put("run_id", in.path("run_id").asString(""));
        version.put("status", "READY").putArray("tags");
        models.computeIfAbsent(model, _ -> new ArrayList<>()).add(version);
        yield ok("model_version", version);
      }
      case "GET model-versions/search" -> search(in);
      case "POST model-versions/transition-stage" -> move(in, model);
      case "POST model-versions/set-tag" -> {
        ObjectNode found = version(in, model);
        if (found == null) {
          yield missing("Model Version");
        }
        found
            .withArray("tags")
            .addObject()
            .put("key", in.path("key").asString())
            .put("value", in.path("value").asString());
        yield new MlflowApi.Answer(200, MlflowApi.object());
      }
      case "POST runs/create" -> {
        String id = "run-" + runs.size();
        ObjectNode run = MlflowApi.object();
        run.putObject("info").put("run_id", id);
        run.putObject("data").putArray("metrics");
        runs.put(id, run);
        yield ok("run", run);
      }
      case "POST runs/log-metric" -> {
        ObjectNode run = runs.get(in.path("run_id").asString());
        if (run == null) {
          yield missing("Run");
        }
        var metrics = run.withObject("data").withArray("metrics");
        metrics.removeAll();
        metrics
            .addObject()
            .put("key", in.path("key").asString())
            .put("value", in.path("value").asDouble());
        yield new MlflowApi.Answer(200, MlflowApi.object());
      }
      case "GET runs/get" -> {
        ObjectNode run = runs.get(in.path("run_id").asString());
        yield run == null ? missing("Run") : ok("run", run);
      }
      default -> throw new IllegalStateException(name);
    };
  }

  private MlflowApi.Answer search(JsonNode in) {
    String filter = in.path("filter").asString("");
    if (!filter.matches("name='[^']+'")) {
      return refusal(400, "INVALID_PARAMETER_VALUE", "Invalid filter: " + filter);
    }
    // A page is one version, so that whoever reads only the first one is found out.
    List<ObjectNode> all = models.getOrDefault(filter.substring(6, filter.length() - 1), List.of());
    int from = Integer.parseInt(in.path("page_token").asString("0"));
    ObjectNode answer = MlflowApi.object();
    var page = answer.putArray("model_versions");
    if (from < all.size()) {
      page.add(all.get(from));
    }
    if (from + 1 < all.size()) {
      answer.put("next_page_token", String.valueOf(from + 1));
    }
    return new MlflowApi.Answer(200, answer);
  }

  private MlflowApi.Answer move(JsonNode in, String model) {
    ObjectNode found = version(in, model);
    String stage = in.path("stage").asString();
    if (found == null) {
      return missing("Model Version");
    }
    if (!Set.of("None", "Staging", "Production", "Archived").contains(stage)) {
      return refusal(400, "INVALID_PARAMETER_VALUE", "Invalid Model Version stage: " + stage);
    }
    if (in.path("archive_existing_versions").asBoolean()) {
      for (ObjectNode other : models.getOrDefault(model, List.of())) {
        if (other.path("current_stage").asString().equals(stage)) {
          other.put("current_stage", "Archived");
        }
      }
    }
    found.put("current_stage", stage);
    return ok("model_version", found);
  }

  private @Nullable ObjectNode version(JsonNode in, String model) {
    String wanted = in.path("version").asString();
    return models.getOrDefault(model, List.of()).stream()
        .filter(v -> v.path("version").asString().equals(wanted))
        .findFirst()
        .orElse(null);
  }

  private static MlflowApi.Answer ok(String field, ObjectNode value) {
    ObjectNode answer = MlflowApi.object();
    answer.set(field, value);
    return new MlflowApi.Answer(200, answer);
  }

  private static MlflowApi.Answer missing(String what) {
    return refusal(404, "RESOURCE_DOES_NOT_EXIST", what + " not found");
  }

  private static MlflowApi.Answer refusal(int status, String code, String message) {
    return new MlflowApi.Answer(
        status, MlflowApi.object().put("error_code", code).put("message", message));
  }
}
