package io.grace.runtime.config;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.Argument;
import io.grace.core.model.Impact;
import io.grace.core.model.MetricId;
import io.grace.core.model.Mode;
import io.grace.core.model.Plans;
import io.grace.core.model.Playbook;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Approvals;
import io.grace.core.policy.Limits;
import io.grace.core.policy.Policy;
import io.grace.core.policy.TriageRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
  private static final ServiceId ORDERS = new ServiceId("orders");

  private final Config config = Examples.valid(Examples.text());

  @Test
  void theExampleFileIsValid() {
    var loaded = ConfigLoader.load(Examples.FILE, Map.of());

    assertInstanceOf(Loaded.Valid.class, loaded, loaded.toString());
  }

  @Test
  void everyPartArrives() {
    assertEquals(4, config.tokens().size());
    assertEquals(3, config.telemetry().services().size());
    assertEquals(1, config.telemetry().scrapes().size());
    assertEquals(4, config.telemetry().scrapes().getFirst().derivations().size());
    assertEquals(4, config.providers().processes().getFirst().maxInstances());
    assertEquals(2, config.providers().calls().size());
    assertEquals(1, config.providers().programs().size());
    assertEquals(2, config.policy().approvals().override());
    assertEquals(
        800, requireNonNull(config.policy().metrics().get(new MetricId("latency_ms"))).critical());
    assertEquals(4, config.policy().triage().size());
    assertEquals(7, config.policy().playbooks().size());
    assertTrue(config.server().isOn("learning"));
    assertTrue(config.keys().isAbsolute());
  }

  @Test
  void everyActionOfEveryPlanOfOrdersIsAdmitted() {
    for (Playbook playbook : config.policy().playbooks()) {
      if (!PlaybookChecks.objections(playbook, config.policy().catalogue()).isEmpty()) {
        continue;
      }
      var settings = config.policy().service(ORDERS).orElseThrow().settings(playbook.id());
      for (var step : Plans.of(playbook, ORDERS, settings).steps()) {
        var action = step.act().orElseThrow().action();
        var spec = requireNonNull(config.policy().catalogue().get(action.name()));
        assertTrue(spec.admits(action), action.toString());
        step.compensation().ifPresent(undo -> assertTrue(spec.admits(undo), undo.toString()));
      }
    }
  }

  @Test
  void parametersOfServicesAreTyped() {
    var settings =
        config.policy().service(ORDERS).orElseThrow().settings(new PlaybookId("rollback_flag"));

    assertEquals(Map.of("flag", new Argument.Text("new_pricing")), settings);
  }

  @Test
  void modesAreCappedByTheCeiling() {
    var restart = new PlaybookId("restart_service");

    assertEquals(Mode.APPROVE, config.policy().mode(new ServiceId("catalog"), restart));
    assertEquals(Mode.OBSERVE, config.policy().mode(new ServiceId("payments"), restart));
  }

  @Test
  void withoutAnythingEverythingHasItsDefault() {
    var least = Examples.valid("apiVersion: grace/v1");

    assertEquals(Mode.OBSERVE, least.policy().ceiling());
    assertEquals(Limits.DEFAULTS, least.policy().limits());
    assertEquals(Approvals.DEFAULTS, least.policy().approvals());
    assertEquals(TriageRule.DEFAULTS, least.policy().triage());
    assertEquals(5, least.policy().metrics().size());
    assertEquals(120, least.metaCycleSeconds());
    assertEquals(8080, least.server().port());
    assertEquals(
        PlaybookLibrary.BUILT_IN,
        least.policy().playbooks().stream().map(p -> p.id().value()).toList());
  }

  @Test
  void scalingRanksBeforeWarmingTheCacheForLatency() {
    var policy = config.policy();

    assertTrue(
        playbook(policy, "scale_up_instances").prior() > playbook(policy, "warm_cache").prior());
    assertTrue(
        playbook(policy, "rollback_flag").prior() > playbook(policy, "increase_logging").prior());
  }

  @Test
  void aBuiltInPlaybookHasAtLeastTheImpactOfItsActions() {
    var raised =
        Examples.valid(
            Examples.text()
                .replace(
                    "      impact: low\n      reversible: true",
                    "      impact: high\n      reversible: true"));

    assertEquals(Impact.HIGH, playbook(raised.policy(), "rollback_flag").impact());
  }

  @Test
  void equalConfigurationsHaveEqualHashes() {
    Policy again = Examples.valid("# a comment\n" + Examples.text()).policy();

    assertEquals(config.policy().hash(), again.hash());
  }

  @Test
  void everyChangeOfMeaningChangesTheHash() {
    var hash = config.policy().hash();
    String text = Examples.text();

    assertNotEquals(
        hash, Examples.valid(text.replace("blast_radius: 2", "blast_radius: 3")).policy().hash());
    assertNotEquals(hash, Examples.valid(text.replace("grace-bob", "grace-rob")).policy().hash());
    assertNotEquals(hash, Examples.valid(text.replace("q: 0.95", "q: 0.99")).policy().hash());
    assertNotEquals(
        hash, Examples.valid(text, Map.of("META_LOOP_CYCLE_SECONDS", "60")).policy().hash());
    assertNotEquals(
        hash, Examples.valid(text, Map.of("SELF_HEAL_OBSERVE_ONLY", "true")).policy().hash());
  }

  @Test
  void secretsValuesAreNotPartOfTheHash() {
    var with = Examples.valid(Examples.text(), Map.of("GRACE_DASHBOARD_TOKEN", "hunter2"));

    assertEquals(config.policy().hash(), with.policy().hash());
  }

  @Test
  void aHigherVersionReplacesABuiltInPlaybook(@TempDir Path directory) throws Exception {
    var mine =
        Files.writeString(
            directory.resolve("mine.yaml"), builtIn().replace("version: 1", "version: 2"));
    String text =
        Examples.text()
            .replace("[playbooks]", "['" + mine + "']")
            .replaceAll("(?m)^  backlog.*$", "");

    assertEquals(2, playbook(Examples.valid(text).policy(), "restart_service").version());
  }

  private static Playbook playbook(Policy policy, String id) {
    return policy.playbooks().stream()
        .filter(p -> p.id().value().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static String builtIn() throws IOException {
    try (var in = ExampleTest.class.getResourceAsStream("/playbooks/restart_service.yaml")) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
