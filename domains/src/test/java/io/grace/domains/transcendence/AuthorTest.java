package io.grace.domains.transcendence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.DiagnosisKind;
import io.grace.core.model.Playbook;
import io.grace.core.model.Playbook.Undo;
import io.grace.core.model.ServiceId;
import io.grace.domains.Living;
import io.grace.runtime.config.Config;
import io.grace.runtime.config.Workshop;
import io.grace.runtime.config.Workshop.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorTest {
  private static final ServiceId APP = new ServiceId("app");

  private static final String TEAM =
      """
      metrics: {score: {unit: points, direction: higher_is_worse, degraded: 1, critical: 2}}
      triage:
        below: score < 0.4
        at_most: score <= 0
        at_least: score >= 0.05
        above: score > 300
        exactly: score == 7
      services: {app: {}}
      playbooks: [known.yaml]
      providers:
        http:
          - {action: close_intake, method: PUT, path: /close, targets: {app: {urls: ["http://127.0.0.1:9"]}}, impact: medium, reversible: true, timeout: 5s}
          - {action: open_intake, method: PUT, path: /open, targets: {app: {urls: ["http://127.0.0.1:9"]}}, impact: low, reversible: true, timeout: 5s}
          - {action: wipe_cache, method: PUT, path: /wipe, targets: {app: {urls: ["http://127.0.0.1:9"]}}, impact: high, reversible: false, timeout: 5s}
      """;

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init")
  private Config config;

  @SuppressWarnings("NullAway.Init")
  private InstructionReader reader;

  @BeforeEach
  void read() throws IOException {
    Files.writeString(
        directory.resolve("known.yaml"),
        """
        apiVersion: grace/v1
        kind: Playbook
        id: known
        version: 1
        title: Closes the intake
        treats: [service_down]
        steps:
          - {name: close, action: close_intake, timeout: 10s, undo: {action: open_intake}}
        verification: {checks: ["score < 1"], timeout: 1m}
        impact: medium
        prior: 0.5
        timeout: 5m
        """);
    config = Living.config(directory, TEAM);
    reader = new InstructionReader(config.policy().catalogue(), config.providers());
  }

  private Author.Written written(String diagnosis, String text) {
    List<Instruction> steps = reader.read(text, APP);
    var gap = new Gap(new DiagnosisKind(diagnosis), APP, "told", List.of("x"), 0.5, steps);
    return new Author(config.policy(), config.providers()).write(gap).orElseThrow();
  }

  private Trial.Proved drafted(String diagnosis, String text) {
    var written = written(diagnosis, text);
    Trial trial = new Workshop(config).attempt(written.playbook(), written.tests());
    var proved = assertInstanceOf(Trial.Proved.class, trial, trial + "\n" + written);
    assertTrue(
        proved.passed(),
        proved.tests().stream()
            .map(t -> t.name() + ": " + t.objections() + t.story())
            .collect(Collectors.joining("\n")));
    return proved;
  }

  @ParameterizedTest
  @ValueSource(strings = {"below", "at_most", "at_least", "above", "exactly"})
  void whateverNamesADiagnosisTheDraftIsProvedAndPassesItsTests(String diagnosis) {
    var draft = drafted(diagnosis, "- close_intake\n- wipe_cache\n");

    assertEquals(4, draft.tests().size());
    assertEquals(2, draft.proof().acts());
  }

  @Test
  void whatAPlaybookTakesBackTheDraftTakesBackAndAllElseIsIrreversible() {
    var draft = drafted("above", "- close_intake\n- wipe_cache\n- open_intake\n");
    List<Undo> undos = draft.playbook().acts().stream().map(Playbook.Node.Step::undo).toList();

    assertInstanceOf(Undo.Compensation.class, undos.get(0));
    assertInstanceOf(Undo.Irreversible.class, undos.get(1));
    assertInstanceOf(Undo.Irreversible.class, undos.get(2));
    assertEquals(List.of("wipe_cache", "open_intake"), draft.proof().irreversible());
    assertEquals("HIGH", draft.playbook().impact().name());
  }

  @Test
  void whatOnlyPeopleCanDoIsAskedAndNothingIsDoneUntilItIsAnswered() {
    var draft = drafted("above", "1. Tell the senders.\n2. close_intake\n3. Call ann.\n");

    assertEquals(5, draft.tests().size());
    assertEquals(
        List.of("person", "close_intake", "person_2"),
        draft.playbook().nodes().stream().map(Playbook.Node::name).toList());
  }

  @Test
  void aTestThatTheDraftFailsIsSeen() {
    var written = written("above", "- close_intake\n");
    String wrong = written.playbook().replace("score <= 300", "score <= 3");
    var trial =
        assertInstanceOf(Trial.Proved.class, new Workshop(config).attempt(wrong, written.tests()));

    assertEquals(
        List.of("it helps"),
        trial.tests().stream().filter(t -> !t.passed()).map(t -> t.name()).toList());
  }

  @Test
  void aDraftThatCouldNotBeLoadedIsRefused() {
    var written = written("above", "- wipe_cache\n");
    String wrong = written.playbook().replace("impact: high", "impact: low");
    var trial =
        assertInstanceOf(Trial.Refused.class, new Workshop(config).attempt(wrong, written.tests()));

    assertTrue(trial.problems().toString().contains("must be at least high"));
  }
}
