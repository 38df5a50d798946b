package io.grace.domains;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.ActionSpec;
import io.grace.core.model.Playbook;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.Plannable;
import io.grace.runtime.domain.DomainKind;
import io.grace.runtime.domain.DomainKinds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every domain promises by its form.
class DomainContractTest {
  @TempDir Path directory;

  static Iterable<DomainKind> kinds() {
    return DomainKinds.all().values();
  }

  private Config with(DomainKind kind) throws IOException {
    return Living.config(directory, "domains: {" + kind.name() + ": {}}\n");
  }

  private Config without() throws IOException {
    return Living.config(directory, "mode: observe\n");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void needsNoSettingsAndBringsNodesMetricsAndTriage(DomainKind kind) throws IOException {
    var policy = with(kind).policy();
    var bare = without().policy();

    assertFalse(policy.services().isEmpty());
    assertTrue(policy.metrics().size() > bare.metrics().size());
    assertTrue(policy.triage().size() > bare.triage().size());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void actsOnItsOwnNodesAlone(DomainKind kind) throws IOException {
    var nodes = with(kind).policy().services().keySet();

    for (ActionSpec action : kind.actions()) {
      assertTrue(nodes.containsAll(action.targets()), action + " is not on " + nodes);
      assertFalse(action.targets().isEmpty(), action + " has no target");
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyPlaybookTreatsSomethingThatIsFoundAndCanBePlanned(DomainKind kind) throws IOException {
    var config = with(kind);
    var ours = new HashSet<>(config.policy().playbooks());
    ours.removeAll(without().policy().playbooks());
    var found =
        config.policy().triage().stream().map(rule -> rule.diagnosis()).collect(Collectors.toSet());
    var plannable = new Plannable(config);

    for (Playbook playbook : ours) {
      assertTrue(found.containsAll(playbook.treats()), playbook.id() + " treats what is not found");
      assertEquals("", plannable.neverBecause(playbook).orElse(""), playbook.id().value());
    }
  }

  @Test
  void allLiveInOneHouse() throws IOException {
    String all =
        DomainKinds.all().keySet().stream()
            .map(name -> name + ": {}")
            .collect(Collectors.joining(", ", "domains: {", "}\n"));

    assertEquals(
        DomainKinds.all().size(), Living.config(directory, all).domains().size(), "domains");
  }
}
