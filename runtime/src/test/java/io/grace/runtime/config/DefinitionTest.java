package io.grace.runtime.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.ActionSpec;
import io.grace.runtime.domain.Domain;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.House;
import io.grace.runtime.domain.LampKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What is wrong with the `domain.yaml` of somebody else is said with the domain and the line.
class DefinitionTest {
  private static final LampKind LAMP = new LampKind();
  private static final String TEAM =
      """
      apiVersion: grace/v1
      mode: observe
      store: {sqlite: grace.db}
      domains: {lamp: {}}
      """;

  /// The lamp with another text.
  private record Rewritten(String definition) implements DomainKind {
    @Override
    public String name() {
      return LAMP.name();
    }

    @Override
    public List<ActionSpec> actions() {
      return LAMP.actions();
    }

    @Override
    public Domain open(JsonNode settings, House house) {
      throw new IllegalStateException("is only read");
    }
  }

  private static Loaded load(String definition) {
    return ConfigLoader.load(
        YamlReader.parse("grace.yaml", TEAM),
        Map.of(),
        Path.of(".").toAbsolutePath(),
        Map.of("lamp", new Rewritten(definition)));
  }

  private static List<Problem> problems(String found, String wrong) {
    assertTrue(LAMP.definition().contains(found), found);
    String text = LAMP.definition().replace(found, wrong);
    return assertInstanceOf(Loaded.Invalid.class, load(text)).problems();
  }

  private static void assertProblem(String found, String wrong, String start, String said) {
    List<Problem> problems = problems(found, wrong);
    assertTrue(
        problems.stream()
            .anyMatch(p -> p.toString().startsWith(start) && p.toString().contains(said)),
        problems.toString());
    assertTrue(
        problems.stream().allMatch(p -> p.file().startsWith("domain lamp")), problems.toString());
  }

  @Test
  void lampIsRight() {
    assertInstanceOf(Loaded.Valid.class, load(LAMP.definition()));
  }

  @Test
  void whatIsNoYamlHasItsLine() {
    assertProblem("title: A lamp", "title: [", "domain lamp:", "is not YAML");
  }

  @Test
  void unknownKeyHasItsLine() {
    assertProblem("title: A lamp", "titel: A lamp", "domain lamp:4:", "unknown key");
  }

  @Test
  void otherNameThanThatOfTheDomainHasItsLine() {
    assertProblem("name: lamp", "name: candle", "domain lamp:3:1: name", "must be lamp");
  }

  @Test
  void settingsThatAreNoSchemaHaveTheirLine() {
    assertProblem("{type: boolean}", "{type: bool}", "domain lamp:8:", "settings.properties.lit");
    assertProblem(
        "{type: boolean}", "{type: string, pattern: '['}", "domain lamp:", "is no JSON Schema");
    assertProblem("{type: boolean}", "{$ref: '#/nowhere'}", "domain lamp:", "is no JSON Schema");
  }

  @Test
  void mistakeInWhatItAddsHasTheLineOfTheDomainAndNotOfTheTeam() {
    assertProblem("critical: 0", "critical: 0.7", "domain lamp:11:", "metrics.light");
    assertProblem("unit: bool", "unit: bool, colour: red", "domain lamp:11:", "unknown key");
    assertProblem("light < 1", "light <", "domain lamp:12:", "triage.dark");
    assertProblem("{lamp: {settle: 1s}}", "{'la mp': {}, lamp: {}}", "domain lamp:13:", "la mp");
    assertProblem("settle: 1s", "settle: soon", "domain lamp:13:", "services.lamp.settle");
  }

  @Test
  void mistakeInAPlaybookHasItsLine() {
    assertProblem("prior: 0.9", "prior: 9", "domain lamp, playbook switch_on:28:", "prior");
    assertProblem(
        "timeout: 5s", "timeout: soon", "domain lamp, playbook switch_on:24:", "steps[0].timeout");
  }

  @Test
  void whatTheTeamSaysOfADomainsServiceIsItsOwnMistake() {
    String text = TEAM + "services: {lamp: {settle: soon}}\n";
    var loaded =
        ConfigLoader.load(
            YamlReader.parse("grace.yaml", text),
            Map.of(),
            Path.of(".").toAbsolutePath(),
            Map.of("lamp", LAMP));

    var problems = assertInstanceOf(Loaded.Invalid.class, loaded).problems();
    assertEquals(List.of("grace.yaml"), problems.stream().map(Problem::file).distinct().toList());
    assertEquals(5, problems.getFirst().line());
  }
}
