package io.grace.runtime.config;

import io.grace.runtime.config.Problems.Place;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.DomainKinds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Loads `grace.yaml` with its playbooks and the overrides of the environment.
public final class ConfigLoader {
  private ConfigLoader() {}

  /// Never throws because of what is written in a file or in the environment.
  public static Loaded load(Path file, Map<String, String> environment) {
    var base = file.toAbsolutePath().normalize().getParent();
    return load(YamlReader.read(file, file.toString()), environment, base == null ? file : base);
  }

  static Loaded load(YamlFile file, Map<String, String> environment, Path base) {
    return load(file, environment, base, DomainKinds.all());
  }

  static Loaded load(
      YamlFile file, Map<String, String> environment, Path base, Map<String, DomainKind> kinds) {
    var outside = new Problems(Overrides.FILE, Map.of("", Place.NOWHERE));
    var overrides = Overrides.read(environment, outside);
    var problems = new ArrayList<Problem>();
    if (file.root().isMissingNode()) {
      problems.addAll(outside.found());
      problems.addAll(file.problems().found());
      return new Loaded.Invalid(inOrder(problems));
    }
    SchemaCheck.CONFIG.check(file);
    var domains = Definitions.of(file, kinds, base);
    problems.addAll(domains.problems());
    if (!problems.isEmpty()) {
      // What a broken definition does not bring would be missed everywhere.
      problems.addAll(outside.found());
      problems.addAll(file.problems().found());
      return new Loaded.Invalid(inOrder(problems));
    }
    var whole = domains.under(file);
    SchemaCheck.CONFIG.check(whole);
    var reader = new ConfigReader(whole.cursor(), domains, overrides, base);
    var config = reader.read();
    problems.addAll(outside.found());
    problems.addAll(file.problems().found());
    problems.addAll(reader.elsewhere());
    return problems.isEmpty()
        ? new Loaded.Valid(sealed(config))
        : new Loaded.Invalid(inOrder(problems));
  }

  private static List<Problem> inOrder(List<Problem> problems) {
    return problems.stream().sorted().distinct().toList();
  }

  /// With the hash over everything, which approvals are bound to.
  private static Config sealed(Config c) {
    var policy = c.policy().sealed(Canonical.hash(c));
    return new Config(
        policy,
        c.server(),
        c.store(),
        c.keys(),
        c.stateDirectory(),
        c.tokens(),
        c.metaCycleSeconds(),
        c.telemetry(),
        c.stores(),
        c.sources(),
        c.repositories(),
        c.providers(),
        c.exitCriteria(),
        c.oidc(),
        c.domains(),
        c.playbookTests());
  }
}
