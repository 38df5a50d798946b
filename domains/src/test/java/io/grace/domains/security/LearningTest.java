package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.event.MemoryEvent;
import io.grace.core.event.MemoryEvent.MemoryDenied;
import io.grace.core.event.MemoryEvent.MemoryRecalled;
import io.grace.core.event.MemoryEvent.MemoryRemembered;
import io.grace.core.memory.Credential;
import io.grace.core.memory.DomainId;
import io.grace.core.memory.MemoryPolicy;
import io.grace.core.model.Hash;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import io.grace.domains.Living;
import io.grace.runtime.memory.Answer;
import io.grace.runtime.memory.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What somebody wrote down after an attack is watched for, by a whole GRACE, as far as it is
/// allowed to know of it.
@Timeout(240)
class LearningTest {
  private static final String RULE =
      """
      title: Bulk export by a stolen session
      id: 5e1f6b0c-0a51-4f7e-9d7e-3c1d2a4b5c6d
      level: high
      logsource:
        product: shop
        service: audit
      detection:
        selection:
          action: export
          agent|contains:
            - 'exfil/1'
            - "\\tab"
        filter:
          office: 'yes'
        condition: selection and not filter
      """;

  private static final String CONFIG =
      """
      mode: autonomous
      services:
        threat_detector: {settle: 1s}
        alert_system: {settle: 1s}
        hunter_engine: {settle: 1s}
      domains:
        knowledge: {sources: [{name: notes, folder: notes}], refresh_seconds: 1}
        security:
          learn_every: 1s
          sources: [{file: app.jsonl, product: shop, service: audit, from: start}]
      """;

  @TempDir Path directory;
  private Path notes;

  @BeforeEach
  void folder() throws IOException {
    notes = Files.createDirectory(directory.resolve("notes"));
  }

  /// As people write it: within a list, so that the block is further in than the text.
  private void postMortem(String name, String rule) throws IOException {
    Files.writeString(
        notes.resolve(name),
        "# 2026-11-20 Export of orders\n\nSomebody took a session.\n\n- We found it by this:\n\n  ```yaml\n"
            + rule.indent(2)
            + "  ```\n\n- Keys were changed.\n");
  }

  private void event(String caller, String office) throws IOException {
    Files.writeString(
        directory.resolve("app.jsonl"),
        "{\"action\":\"export\",\"agent\":\"Exfil/1.3\",\"office\":\"%s\",\"client_ip\":\"%s\"}\n"
            .formatted(office, caller),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static void trust(Living grace, double trust) throws InterruptedException {
    assertTrue(broker(grace).trust(DomainId.SECURITY, trust, "ann", "it may learn"));
  }

  private static Broker broker(Living grace) {
    return grace.node().memories().orElseThrow();
  }

  private static double trust(Living grace) {
    return grace.node().snapshot().memories().standing(DomainId.SECURITY, Instant.now()).trust();
  }

  private static SecurityDomain hunter(Living grace) {
    return grace.domain(SecurityDomain.class);
  }

  /// Looks at the logs and says what is measured then.
  private static double measured(Living grace, String metric) {
    try {
      for (TelemetrySource eye : hunter(grace).eyes()) {
        for (Signal signal : eye.collect(Instant.now())) {
          if (signal.metric().value().equals(metric)) {
            return signal.value();
          }
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError(metric + " is not measured");
  }

  private static void awaitLearned(Living grace, int rules) {
    grace.await(rules + " learned", () -> measured(grace, "rules_learned") == rules);
  }

  private static List<Detection> detections(Living grace) throws InterruptedException {
    return hunter(grace).detections(100);
  }

  /// What the journal tells of memories, of one kind.
  private static <E extends MemoryEvent> List<E> heard(Living grace, Class<E> kind) {
    return grace.heard().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  @Test
  void whatAPostMortemTellsIsWatchedForAndIsolatedByTheLoop() throws Exception {
    postMortem("export.md", RULE);
    try (var grace = Living.start(directory, CONFIG)) {
      trust(grace, 0.9);
      awaitLearned(grace, 1);
      event("198.51.100.9", "no");
      event("198.51.100.10", "yes");
      grace.healed("threat_detector", "isolate_threat");

      assertTrue(hunter(grace).isBlocked("198.51.100.9"));
      assertFalse(hunter(grace).isBlocked("198.51.100.10"), "the rule's filter was lost");
      Detection detection = detections(grace).getLast();
      assertEquals("Bulk export by a stolen session", detection.rule().title());
      assertEquals("notes/export.md", detection.learnedFrom().orElseThrow());
      assertTrue(
          Files.readString(directory.resolve(".grace/state/domains/security/quarantine.log"))
              .contains("learned from knowledge: notes/export.md"));
    }
  }

  @Test
  void withoutTrustNothingIsAskedAndNoTrustIsLost() throws Exception {
    postMortem("export.md", RULE);
    try (var grace = Living.start(directory, CONFIG)) {
      grace.await("remembered", () -> heard(grace, MemoryRemembered.class).size() == 1);
      long began = System.nanoTime();
      grace.await("three looks later", () -> System.nanoTime() - began > 3_000_000_000L);
      event("198.51.100.9", "no");

      assertEquals(0, measured(grace, "rules_learned"));
      assertEquals(List.of(), detections(grace));
      assertEquals(List.of(), heard(grace, MemoryRecalled.class));
      assertEquals(List.of(), heard(grace, MemoryDenied.class));
      assertEquals(MemoryPolicy.TRUST_AT_FIRST, trust(grace));

      trust(grace, MemoryPolicy.TRUST_NEEDED);
      awaitLearned(grace, 1);
      trust(grace, 0.79);
      awaitLearned(grace, 0);
      assertEquals(List.of(), heard(grace, MemoryDenied.class));
      assertEquals(0.79, trust(grace));
    }
  }

  @Test
  void whatKnowledgeHoldsNoMoreIsWatchedForNoMoreAndNothingIsRememberedTwice() throws Exception {
    postMortem("export.md", RULE);
    postMortem("copy.md", RULE);
    postMortem("other.md", RULE.replace("5e1f6b0c", "6e1f6b0c"));
    try (var grace = Living.start(directory, CONFIG)) {
      trust(grace, 0.9);
      awaitLearned(grace, 2);

      Files.delete(notes.resolve("other.md"));
      awaitLearned(grace, 1);
      Files.delete(notes.resolve("export.md"));
      Files.writeString(
          notes.resolve("copy.md"), Files.readString(notes.resolve("copy.md")) + "\nMore words.\n");
      assertEquals(2, heard(grace, MemoryRemembered.class).size(), "a copy is the same memory");
    }
    try (var grace = Living.start(directory, CONFIG)) {
      awaitLearned(grace, 1);
      assertEquals(List.of(), heard(grace, MemoryRemembered.class), "it stands in the copy still");

      Files.delete(notes.resolve("copy.md"));
      awaitLearned(grace, 0);
      event("198.51.100.9", "no");
      assertEquals(0, measured(grace, "threats_detected"));
      assertEquals(List.of(), detections(grace));
    }
  }

  @Test
  void whatIsForgottenIsWatchedForNoMoreThoughTheDocumentIsThere() throws Exception {
    postMortem("export.md", RULE);
    try (var grace = Living.start(directory, CONFIG)) {
      trust(grace, 0.9);
      awaitLearned(grace, 1);
      Hash memory = heard(grace, MemoryRemembered.class).getFirst().memory();
      var ann = new Credential(DomainId.KNOWLEDGE, "ann");
      assertInstanceOf(
          Answer.Forgot.class, broker(grace).forget(ann, List.of(memory), "a false alarm"));

      awaitLearned(grace, 0);
      postMortem("later.md", RULE.replace("5e1f6b0c", "6e1f6b0c"));
      awaitLearned(grace, 1);
      assertEquals(2, heard(grace, MemoryRemembered.class).size());
    }
  }

  @Test
  void whatTheTeamConfiguredCountsAndWhatCannotBeUsedIsLeftOut() throws Exception {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(
        rules.resolve("own.yml"), RULE.replace("Bulk export", "The team's").replace("high", "low"));
    postMortem("export.md", RULE);
    postMortem("bad.md", RULE.replace("5e1f6b0c", "7e1f6b0c").replace("contains", "smells"));
    postMortem("good.md", RULE.replace("5e1f6b0c", "6e1f6b0c").replace("high", "low"));
    try (var grace = Living.start(directory, CONFIG + "    rules: [rules]\n")) {
      trust(grace, 0.9);
      awaitLearned(grace, 1);
      grace.await("counted", () -> measured(grace, "rules_unusable") == 2);
      event("198.51.100.9", "no");
      measured(grace, "rules_learned");

      List<Detection> all = detections(grace);
      assertEquals(
          List.of("notes/good.md", "own"),
          all.stream().map(one -> one.learnedFrom().orElse("own")).sorted().toList());
      assertTrue(
          all.stream()
              .filter(one -> one.learnedFrom().isEmpty())
              .allMatch(one -> one.rule().title().startsWith("The team's")));
      assertEquals(0, measured(grace, "threats_detected"), "nothing configured asks for a deed");
    }
  }
}
