package io.grace.runtime.config;

import io.grace.core.model.ServiceId;
import io.grace.runtime.config.Problems.Place;
import io.grace.runtime.domain.DomainKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// A domain's `domain.yaml`, read. It belongs to GRACE: what is wrong with it is a bug.
/// *Immutable.*
///
/// @param sections what is laid under the sections of `grace.yaml`
/// @param playbooks one document each
record Definition(
    DomainKind kind, SchemaCheck settings, JsonNode sections, List<YamlFile> playbooks) {
  static Definition of(DomainKind kind) {
    String name = "domain " + kind.name();
    var file = YamlReader.parse(name, kind.definition());
    SchemaCheck.DOMAIN.check(file);
    if (!file.problems().found().isEmpty()) {
      throw new IllegalStateException(file.problems().found().toString());
    }
    var root = file.root();
    if (!root.path("name").asString().equals(kind.name())) {
      throw new IllegalStateException(name + " calls itself " + root.path("name"));
    }
    return new Definition(
        kind,
        SchemaCheck.of(root.path("settings").toString()),
        root.path("adds"),
        playbooks(name, root.path("playbooks")));
  }

  private static List<YamlFile> playbooks(String name, JsonNode documents) {
    var files = new ArrayList<YamlFile>();
    for (JsonNode document : documents) {
      String file = name + ", playbook " + document.path("id").asString();
      var places = Map.of("", Place.NOWHERE);
      files.add(new YamlFile(file, document, places, new Problems(file, places)));
    }
    return List.copyOf(files);
  }

  /// The services that it brings.
  Set<ServiceId> nodes() {
    return sections.path("services").properties().stream()
        .map(member -> new ServiceId(member.getKey()))
        .collect(Collectors.toUnmodifiableSet());
  }
}
