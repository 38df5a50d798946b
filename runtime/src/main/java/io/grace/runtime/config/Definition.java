package io.grace.runtime.config;

import com.networknt.schema.SchemaException;
import io.grace.core.model.ServiceId;
import io.grace.runtime.config.Problems.Place;
import io.grace.runtime.domain.DomainKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// A domain's `domain.yaml`, read. It may be from somebody else, so a mistake in it is a problem
/// with its line, as in a file of the team. *Immutable.*
///
/// @param sections what is laid under the sections of `grace.yaml`
/// @param places of the sections, by their pointers in `grace.yaml`
/// @param playbooks one document each
record Definition(
    DomainKind kind,
    SchemaCheck settings,
    JsonNode sections,
    Map<String, Place> places,
    List<YamlFile> playbooks) {
  private static final String ADDS = "/adds";

  /// What a JSON Schema is itself; it comes with the library.
  private static final SchemaCheck SCHEMA =
      SchemaCheck.of("{\"$ref\": \"https://json-schema.org/draft/2020-12/schema\"}");

  /// How problems name the file.
  String file() {
    return file(kind);
  }

  private static String file(DomainKind kind) {
    return "domain " + kind.name();
  }

  /// @param problems where to put what is wrong with it; then there is none
  static Optional<Definition> of(DomainKind kind, List<Problem> problems) {
    var file = YamlReader.parse(file(kind), kind.definition());
    SchemaCheck.DOMAIN.check(file);
    SCHEMA.check(file.cursor().at("settings"));
    var root = file.root();
    if (!root.path("name").asString("").equals(kind.name())) {
      file.problems().sense("/name", "must be " + kind.name() + ", as the domain calls itself");
    }
    Optional<SchemaCheck> settings = settings(file);
    problems.addAll(file.problems().found());
    if (settings.isEmpty() || !file.problems().found().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Definition(
            kind,
            settings.get(),
            root.path("adds"),
            below(ADDS, file.places()),
            playbooks(file, kind)));
  }

  private static Optional<SchemaCheck> settings(YamlFile file) {
    if (!file.problems().found().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(SchemaCheck.whole(file.root().path("settings").toString()));
    } catch (SchemaException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      file.problems().sense("/settings", "is no JSON Schema: " + why);
      return Optional.empty();
    }
  }

  private static List<YamlFile> playbooks(YamlFile file, DomainKind kind) {
    var files = new ArrayList<YamlFile>();
    int i = 0;
    for (JsonNode document : file.root().path("playbooks")) {
      String name = file(kind) + ", playbook " + document.path("id").asString("");
      var places = below("/playbooks/" + i++, file.places());
      files.add(new YamlFile(name, document, places, new Problems(name, places)));
    }
    return List.copyOf(files);
  }

  private static Map<String, Place> below(String pointer, Map<String, Place> places) {
    var below = new HashMap<String, Place>();
    places.forEach((at, place) -> {
      if (at.equals(pointer) || at.startsWith(pointer + "/")) {
        below.put(at.substring(pointer.length()), place);
      }
    });
    return below;
  }

  /// The services that it brings; what cannot be one is a problem of who reads the sections.
  Set<ServiceId> nodes() {
    var unheard = new Problems(file(), places);
    return ServicesReader.names(new Cursor(unheard, sections, "").at("services"));
  }
}
