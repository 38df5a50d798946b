package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.domains.ml.MlDomain;
import io.grace.domains.ml.MlflowApi;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Where clients of MLflow find the models of the domain `ml`: MLflow's REST API 2.0, with GRACE's
/// tokens. Its errors are MLflow's own, since its clients read them.
@RestController
public final class MlflowDoor {
  private static final String ANY = MlflowApi.PREFIX + "{group}/{verb}";

  private final Backend backend;

  MlflowDoor(Backend backend) {
    this.backend = backend;
  }

  @GetMapping(ANY)
  public ResponseEntity<String> ask(HttpServletRequest request) {
    return answer(request, query(request));
  }

  @PostMapping(ANY)
  public ResponseEntity<String> change(
      HttpServletRequest request, @RequestBody(required = false) @Nullable JsonNode body) {
    return answer(request, fields(body));
  }

  /// Questions that MLflow's clients send as bodies; they change nothing.
  @PostMapping({MlflowApi.PREFIX + "runs/search", MlflowApi.PREFIX + "experiments/search"})
  public ResponseEntity<String> search(
      HttpServletRequest request, @RequestBody(required = false) @Nullable JsonNode body) {
    return answer(request, fields(body));
  }

  /// Which version serves is decided by who may approve.
  @PostMapping(MlflowApi.PREFIX + "model-versions/transition-stage")
  public ResponseEntity<String> move(
      HttpServletRequest request, @RequestBody(required = false) @Nullable JsonNode body) {
    return answer(request, fields(body));
  }

  @PatchMapping(ANY)
  public ResponseEntity<String> amend(
      HttpServletRequest request, @RequestBody(required = false) @Nullable JsonNode body) {
    return answer(request, fields(body));
  }

  @DeleteMapping(ANY)
  public ResponseEntity<String> remove(
      HttpServletRequest request, @RequestBody(required = false) @Nullable JsonNode body) {
    return answer(request, fields(body));
  }

  private ResponseEntity<String> answer(HttpServletRequest request, JsonNode fields) {
    Optional<MlDomain> ml = backend.domain(MlDomain.class);
    if (ml.isEmpty()) {
      throw Refusal.notFound("no models: grace.yaml does not want the domain ml");
    }
    var answer = ml.get().api().handle(request.getMethod(), request.getRequestURI(), fields);
    return ResponseEntity.status(answer.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(answer.body().toString());
  }

  private static JsonNode fields(@Nullable JsonNode body) {
    return body == null ? JsonNodeFactory.instance.objectNode() : body;
  }

  /// One value is a text, several are a list of texts.
  private static ObjectNode query(HttpServletRequest request) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    request
        .getParameterMap()
        .forEach((name, values) -> {
          if (values.length == 1) {
            fields.put(name, values[0]);
          } else {
            var list = fields.putArray(name);
            for (String value : values) {
              list.add(value);
            }
          }
        });
    return fields;
  }
}
