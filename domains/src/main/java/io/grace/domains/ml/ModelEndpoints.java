package io.grace.domains.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `registered-models/…`. *Thread-safe.*
final class ModelEndpoints {
  private static final int TAGS_MAX = 100;
  private static final int USUAL = 100;

  private final Registry registry;

  ModelEndpoints(Registry registry) {
    this.registry = registry;
  }

  Map<String, MlflowApi.Endpoint> all() {
    return Map.of(
        "POST registered-models/create", this::create,
        "GET registered-models/get", this::get,
        "PATCH registered-models/update", this::update,
        "DELETE registered-models/delete", this::delete,
        "GET registered-models/search", this::search,
        "GET registered-models/list", this::search,
        "GET registered-models/get-latest-versions", this::latest,
        "POST registered-models/get-latest-versions", this::latest,
        "POST registered-models/set-tag", this::tag);
  }

  private ObjectNode create(Input in) throws Refused {
    return one(
        registry.create(
            in.required("name"), in.text("description", ""), in.pairs("tags", TAGS_MAX)));
  }

  private ObjectNode get(Input in) throws Refused {
    return one(existing(in));
  }

  private RegisteredModel existing(Input in) throws Refused {
    String name = in.required("name");
    return registry
        .model(name)
        .orElseThrow(() -> Refused.missing("Registered Model with name=" + name));
  }

  private ObjectNode update(Input in) throws Refused {
    return one(registry.update(existing(in).name(), in.text("description"), Map.of()));
  }

  private ObjectNode tag(Input in) throws Refused {
    registry.update(existing(in).name(), Optional.empty(), Map.of(in.key(), in.required("value")));
    return MlflowApi.object();
  }

  private ObjectNode delete(Input in) throws Refused {
    String name = existing(in).name();
    if (registry.production(name).filter(Version::isOwn).isPresent()) {
      throw Refused.invalid(name + " is in production here; archive its version first");
    }
    registry.remove(name);
    return MlflowApi.object();
  }

  private ObjectNode search(Input in) throws Refused {
    var condition =
        Search.<RegisteredModel>condition(
            in.text("filter", ""), List.of("name"), (model, _) -> model.name());
    List<RegisteredModel> found = registry.models().stream().filter(condition).toList();
    return Search.page(in, "registered_models", found, USUAL, this::shown);
  }

  private ObjectNode latest(Input in) throws Refused {
    String name = existing(in).name();
    var stages = new ArrayList<Stage>();
    for (String text : in.texts("stages")) {
      stages.add(VersionEndpoints.stage(text));
    }
    ObjectNode answer = MlflowApi.object();
    var list = answer.putArray("model_versions");
    for (Stage stage : stages.isEmpty() ? List.of(Stage.values()) : stages) {
      registry.newest(name, stage).ifPresent(v -> list.add(VersionEndpoints.shown(v)));
    }
    return answer;
  }

  private ObjectNode one(RegisteredModel model) {
    ObjectNode answer = MlflowApi.object();
    answer.set("registered_model", shown(model));
    return answer;
  }

  private ObjectNode shown(RegisteredModel model) {
    ObjectNode json = MlflowApi.object();
    json.put("name", model.name());
    json.put("creation_timestamp", model.createdMs());
    json.put("last_updated_timestamp", model.updatedMs());
    if (!model.description().isEmpty()) {
      json.put("description", model.description());
    }
    var list = json.putArray("latest_versions");
    for (Stage stage : Stage.values()) {
      registry.newest(model.name(), stage).ifPresent(v -> list.add(VersionEndpoints.shown(v)));
    }
    MlflowApi.tags(json, model.tags());
    return json;
  }
}
