package io.grace.domains.ml;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// MLflow's REST API 2.0, as far as models of others need it: who mounts it passes method, path and
/// fields on, be they from a body or a query. *Thread-safe.*
///
/// Modelled on the public definitions `model_registry.proto` and `service.proto` of MLflow 2 and
/// its documentation; `registered-models/list` is of MLflow 1 and kept for old clients.
public final class MlflowApi {
  public static final String PREFIX = "/api/2.0/mlflow/";

  /// Old clients say so.
  private static final String PREVIEW = "/api/2.0/preview/mlflow/";

  /// What is answered.
  public record Answer(int status, JsonNode body) {}

  /// One thing that can be asked for.
  interface Endpoint {
    ObjectNode answer(Input in) throws Refused;
  }

  private final Map<String, Endpoint> endpoints;

  MlflowApi(Registry registry, Tracking tracking) {
    var all = new HashMap<String, Endpoint>();
    all.putAll(new ModelEndpoints(registry).all());
    all.putAll(new VersionEndpoints(registry).all());
    all.putAll(new RunEndpoints(tracking).all());
    this.endpoints = Map.copyOf(all);
  }

  /// Answers one request.
  ///
  /// @param path of the request, without its query
  /// @param in the fields: the JSON body, or the query as an object of texts and lists of texts
  public Answer handle(String method, String path, JsonNode in) {
    try {
      String name =
          path.startsWith(PREFIX)
              ? path.substring(PREFIX.length())
              : path.startsWith(PREVIEW) ? path.substring(PREVIEW.length()) : "";
      Endpoint endpoint = endpoints.get(method + " " + name);
      if (endpoint == null) {
        throw new Refused(Refused.Kind.ENDPOINT_NOT_FOUND, "No endpoint " + method + " " + path);
      }
      if (!in.isObject()) {
        throw Refused.invalid("wanted an object: " + in.getNodeType());
      }
      return new Answer(200, endpoint.answer(new Input(in)));
    } catch (Refused e) {
      var body = JsonNodeFactory.instance.objectNode();
      body.put("error_code", e.kind().name());
      body.put("message", e.text());
      return new Answer(e.kind().status(), body);
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static void tags(ObjectNode into, Map<String, String> tags) {
    var list = into.putArray("tags");
    new TreeMap<>(tags)
        .forEach((key, value) -> list.addObject().put("key", key).put("value", value));
  }
}
