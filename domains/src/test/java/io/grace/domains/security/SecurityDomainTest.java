package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Attacks that are real lines in a real file, seen, judged and answered by the whole loop.
@Timeout(240)
class SecurityDomainTest {
  private static final String AUTONOMOUS =
      """
      mode: autonomous
      calendar: {change_windows: always}
      services:
        threat_detector: {settle: 1s}
        alert_system: {settle: 1s}
        hunter_engine: {settle: 1s}
      """;

  @TempDir Path directory;

  private void log(String line, int times) throws IOException {
    Files.writeString(
        directory.resolve("auth.log"),
        ("Nov 26 16:24:03 web sshd[123]: " + line + " port 22 ssh2\n").repeat(times),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void attack(String from, int times) throws IOException {
    log("Failed password for root from " + from, times);
  }

  private void flood() {
    try {
      for (int i = 1; i <= 10; i++) {
        attack("203.0.113." + i, 24);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whoever blocks a whole network asks a person first.
  private static void approve(Living grace) {
    try {
      grace.approve("expand_quarantine");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void login(String from) throws IOException {
    log("Accepted password for ann from " + from, 1);
  }

  private static SecurityDomain hunter(Living grace) {
    return grace.node().domain(SecurityDomain.class).orElseThrow();
  }

  private static String security(String more) {
    return "domains: {security: {sources: [{file: auth.log, format: auth, from: start}]"
        + more
        + "}}\n";
  }

  @Test
  void whoGuessesPasswordsIsIsolatedAndNobodyElse() throws Exception {
    login("192.0.2.1");
    try (var grace = Living.start(directory, AUTONOMOUS + security(""))) {
      attack("192.0.2.5", 5);
      attack("198.51.100.7", 6);
      grace.healed("threat_detector", "isolate_threat");

      assertTrue(hunter(grace).isBlocked("198.51.100.7"));
      assertFalse(hunter(grace).isBlocked("192.0.2.1"));
      assertFalse(hunter(grace).isBlocked("192.0.2.5"), "five failures are no attack");
      assertEquals(
          "Many failed logins over SSH from one address",
          hunter(grace).detections(1).getFirst().rule().title());
    }
    try (var again = Living.start(directory, AUTONOMOUS + security(""))) {
      assertTrue(hunter(again).isBlocked("198.51.100.7"), "it outlives a restart");
    }
  }

  @Test
  void whatARunIsolatedIsReleasedWhenItIsUndone() throws Exception {
    Files.writeString(
        directory.resolve("harsh.yaml"),
        """
        apiVersion: grace/v1
        kind: Playbook
        id: isolate_and_doubt
        version: 1
        title: Isolate, and never be content
        treats: [threat_at_large]
        steps:
          - name: isolate
            action: isolate_threat
            target: quarantine_service
            with: {most: 5}
            timeout: 30s
            undo: {action: rollback_permissions, target: quarantine_service, with: {scope: step}}
        verification: {checks: ["threats_detected < 0"], interval: 1s, samples: 1, failures: 2, timeout: 60s}
        impact: medium
        prior: 0.99
        timeout: 5m
        """);
    try (var grace =
        Living.start(directory, AUTONOMOUS + "playbooks: [harsh.yaml]\n" + security(""))) {
      attack("198.51.100.7", 6);
      grace.until("isolated", _ -> hunter(grace).isBlocked("198.51.100.7"));
      grace.until(
          "undone",
          _ -> {
            try {
              return grace.ended("threat_detector", "isolate_and_doubt", "rolled_back");
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          });

      assertFalse(hunter(grace).isBlocked("198.51.100.7"));
    }
  }

  @Test
  void aQuarantineThatIsTooWideIsSeenAndLetsGoodCallersIn() throws Exception {
    try (var grace =
        Living.start(directory, AUTONOMOUS + "approvals: {high: 1}\n" + security(""))) {
      flood();
      grace.healed("threat_detector", "isolate_threat");
      long[] last = {System.nanoTime()};
      grace.until(
          "widened",
          _ -> {
            // They go on although they are isolated, so that alerts come without new threats.
            if (System.nanoTime() - last[0] > 2_000_000_000L) {
              flood();
              last[0] = System.nanoTime();
            }
            approve(grace);
            return hunter(grace).isBlocked("203.0.113.77");
          });

      // They prove themselves elsewhere, and are turned away here.
      for (int i = 0; i < Callers.KNOWN_AFTER; i++) {
        login("203.0.113.77");
      }
      grace.healed("hunter_engine", "rollback_permissions");

      assertFalse(hunter(grace).isBlocked("203.0.113.77"));
      assertTrue(hunter(grace).isBlocked("203.0.113.3"), "who attacked stays isolated");
    }
  }

  @Test
  void whomTheTeamTrustsIsNeverIsolated() throws Exception {
    try (var grace =
        Living.start(directory, AUTONOMOUS + security(", trusted: [198.51.100.0/24]"))) {
      attack("198.51.100.7", 6);
      attack("192.0.2.66", 6);
      grace.healed("threat_detector", "isolate_threat");

      assertTrue(hunter(grace).isBlocked("192.0.2.66"));
      assertFalse(hunter(grace).isBlocked("198.51.100.7"));
    }
  }

  @Test
  void theJournalIsALogLikeAnyOther() throws Exception {
    Path rules = Files.createDirectory(directory.resolve("rules"));
    Files.writeString(
        rules.resolve("own.yml"),
        """
        title: Somebody went on holiday
        id: own-1
        level: low
        logsource: {product: grace, service: audit}
        detection: {s: {kind|contains: '.', actor|exists: true}, condition: s}
        """);
    try (var grace = Living.start(directory, AUTONOMOUS + security(", rules: [rules]"))) {
      attack("198.51.100.7", 6);
      grace.healed("threat_detector", "isolate_threat");
      grace.until(
          "told of its own deeds",
          _ -> {
            try {
              return hunter(grace).detections(50).stream()
                  .anyMatch(alert -> alert.source().equals("audit"));
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
