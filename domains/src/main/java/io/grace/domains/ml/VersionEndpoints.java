package io.grace.domains.ml;

import io.grace.domains.ml.Version.Lineage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// `model-versions/…`. *Thread-safe.*
final class VersionEndpoints {
  private static final int TAGS_MAX = 100;
  private static final int USUAL = 1_000;

  private final Registry registry;

  VersionEndpoints(Registry registry) {
    this.registry = registry;
  }

  Map<String, MlflowApi.Endpoint> all() {
    return Map.of(
        "POST model-versions/create", this::create,
        "GET model-versions/get", in -> one(existing(in)),
        "PATCH model-versions/update", this::update,
        "DELETE model-versions/delete", this::delete,
        "POST model-versions/transition-stage", this::move,
        "GET model-versions/search", this::search,
        "POST model-versions/set-tag", this::tag,
        "GET model-versions/get-download-uri", this::uri);
  }

  private ObjectNode create(Input in) throws Refused {
    return one(
        registry.add(
            in.required("name"),
            new NewVersion(
                in.required("source"),
                in.text("run_id", ""),
                in.text("description", ""),
                Lineage.UNKNOWN,
                Map.of(),
                in.pairs("tags", TAGS_MAX))));
  }

  private Version existing(Input in) throws Refused {
    String name = in.required("name");
    int number = in.version();
    return registry
        .version(name, number)
        .orElseThrow(
            () -> Refused.missing("Model Version (name=" + name + ", version=" + number + ")"));
  }

  private ObjectNode update(Input in) throws Refused {
    Version version = existing(in);
    return one(registry.describe(version.model(), version.number(), in.text("description", "")));
  }

  private ObjectNode tag(Input in) throws Refused {
    Version version = existing(in);
    registry.tag(version.model(), version.number(), in.key(), in.required("value"));
    return MlflowApi.object();
  }

  private ObjectNode delete(Input in) throws Refused {
    Version version = existing(in);
    if (version.isOwn() && version.stage() == Stage.PRODUCTION) {
      throw Refused.invalid(version + " is in production here; archive it first");
    }
    registry.remove(version.model(), version.number());
    return MlflowApi.object();
  }

  private ObjectNode move(Input in) throws Refused {
    Version version = existing(in);
    Stage to = stage(in.required("stage"));
    boolean archivesOthers = in.requiredFlag("archive_existing_versions");
    if (archivesOthers && to != Stage.STAGING && to != Stage.PRODUCTION) {
      throw Refused.invalid(
          "Model version transition cannot archive existing model versions because '"
              + to.label()
              + "' is not an Active stage. Valid stages are Staging, Production");
    }
    return one(registry.move(version.model(), version.number(), to, archivesOthers));
  }

  static Stage stage(String text) throws Refused {
    return Stage.of(text)
        .orElseThrow(() ->
            Refused.invalid(
                "Invalid Model Version stage: "
                    + text
                    + ". Value must be one of None, Staging, Production, Archived."));
  }

  private ObjectNode search(Input in) throws Refused {
    var condition =
        Search.<Version>condition(
            in.text("filter", ""),
            List.of("name", "run_id", "source_path"),
            (v, field) ->
                switch (field) {
                  case "name" -> v.model();
                  case "run_id" -> v.runId();
                  default -> v.source();
                });
    var found = new ArrayList<Version>();
    for (RegisteredModel model : registry.models()) {
      registry.versions(model.name()).stream()
          .filter(condition)
          .sorted(Comparator.comparingInt(Version::number).reversed())
          .forEach(found::add);
    }
    return Search.page(in, "model_versions", found, USUAL, VersionEndpoints::shown);
  }

  private ObjectNode uri(Input in) throws Refused {
    return MlflowApi.object().put("artifact_uri", existing(in).source());
  }

  private static ObjectNode one(Version version) {
    ObjectNode answer = MlflowApi.object();
    answer.set("model_version", shown(version));
    return answer;
  }

  static ObjectNode shown(Version version) {
    ObjectNode json = MlflowApi.object();
    json.put("name", version.model());
    json.put("version", String.valueOf(version.number()));
    json.put("creation_timestamp", version.createdMs());
    json.put("last_updated_timestamp", version.updatedMs());
    json.put("current_stage", version.stage().label());
    json.put("description", version.description());
    json.put("source", version.source());
    json.put("run_id", version.runId());
    json.put("status", "READY");
    MlflowApi.tags(json, version.tags());
    return json;
  }
}
