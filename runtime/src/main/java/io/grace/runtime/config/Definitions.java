package io.grace.runtime.config;

import io.grace.core.model.ActionSpec;
import io.grace.runtime.domain.DomainKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The definitions of the domains that a team wants, laid under what the team wrote: what it says
/// itself wins. Owned by the thread that loads.
final class Definitions {
  private static final String DOMAINS = "domains";

  private final List<Definition> wanted = new ArrayList<>();
  private final List<DomainConfig> configs = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private Definitions() {}

  /// Reads which domains are wanted; whatever is wrong with their settings is a problem of the
  /// file, and what is wrong with a definition one of that.
  static Definitions of(YamlFile file, Map<String, DomainKind> kinds, Path base) {
    var definitions = new Definitions();
    file.cursor()
        .at(DOMAINS)
        .members()
        .forEach((name, settings) -> {
          var kind = kinds.get(name);
          if (kind == null) {
            settings.problem("unknown domain " + Known.named(name, kinds.keySet()));
          } else {
            Definition.of(kind, definitions.problems)
                .ifPresent(definition -> definitions.add(definition, settings, base));
          }
        });
    return definitions;
  }

  private void add(Definition definition, Cursor settings, Path base) {
    definition.settings().check(settings);
    wanted.add(definition);
    configs.add(
        new DomainConfig(definition.kind().name(), settings.node(), definition.nodes(), base));
  }

  /// The file with what the domains add to its sections.
  YamlFile under(YamlFile file) {
    if (wanted.isEmpty() || !(file.root() instanceof ObjectNode root)) {
      return file;
    }
    ObjectNode all = root.deepCopy();
    for (Definition definition : wanted) {
      fill(all, definition.sections());
      file.problems().lay(definition.file(), definition.places());
    }
    return new YamlFile(file.name(), all, file.places(), file.problems());
  }

  /// Adds what is missing, at any depth.
  private static void fill(ObjectNode target, JsonNode defaults) {
    defaults
        .properties()
        .forEach(member -> {
          JsonNode there = target.path(member.getKey());
          if (there.isMissingNode()) {
            target.set(member.getKey(), member.getValue());
          } else if (there instanceof ObjectNode inner) {
            fill(inner, member.getValue());
          }
        });
  }

  /// What is wrong with definitions.
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<DomainConfig> configs() {
    return List.copyOf(configs);
  }

  List<YamlFile> playbooks() {
    return wanted.stream().flatMap(definition -> definition.playbooks().stream()).toList();
  }

  /// By name; no two domains offer the same.
  Map<String, ActionSpec> actions() {
    var actions = new HashMap<String, ActionSpec>();
    for (Definition definition : wanted) {
      for (ActionSpec action : definition.kind().actions()) {
        var other = actions.putIfAbsent(action.name(), action);
        if (other != null || !action.provider().equals(definition.kind().name())) {
          throw new IllegalStateException(action + " is not only of " + definition.kind().name());
        }
      }
    }
    return actions;
  }
}
