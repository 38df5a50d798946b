package io.grace.domains.selfheal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.model.PlaybookId;
import io.grace.core.model.ServiceId;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Snapshot.RecentOutcome;
import io.grace.domains.Living;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SelfHealDomainTest {
  /// A log that is always too long for this team, so that something is proposed.
  private static final String ALWAYS =
      """
      metrics: {journal_log_mb: {degraded: 0, critical: 1000000}}
      triage: {journal_log_long: journal_log_mb >= 0}
      """;

  @TempDir Path directory;

  @Test
  void aProposalThatNobodyAnswersIsWithdrawn() throws Exception {
    String text =
        ALWAYS
            + """
            mode: autonomous
            services: {journal_store: {mode: approve}}
            domains: {core: {}, self_heal: {stale_after: 2s}}
            """;
    try (var grace = Living.start(directory, text)) {
      grace.healed("approval_queue", "withdraw_stale_proposals");

      assertTrue(grace.ended("journal_store", "truncate_journal_log", "rejected"));
    }
  }

  @Test
  void aRunWithoutProgressIsCancelledAndUndone() throws Exception {
    java.nio.file.Files.writeString(
        directory.resolve("wait.yaml"),
        """
        apiVersion: grace/v1
        kind: Playbook
        id: wait_for_ever
        version: 1
        title: Waits for what never comes
        treats: [journal_log_long]
        steps:
          - name: first
            action: save_state
            timeout: 5s
            undo: {not_needed: a saved state only spares work}
          - name: never
            wait: {until: "journal_log_mb < 0", timeout: 50m}
        verification: {checks: ["journal_log_mb >= 0"], samples: 1, timeout: 5s}
        impact: low
        prior: 0.99
        timeout: 55m
        """);
    String text =
        ALWAYS
            + """
            mode: autonomous
            limits: {run_timeout: 60m}
            playbooks: [wait.yaml]
            domains: {core: {}, self_heal: {stuck_after: 2s}}
            """;
    try (var grace = Living.start(directory, text)) {
      grace.until(
          "asked whether to cancel",
          s ->
              s.runs().values().stream()
                  .anyMatch(r -> r.facts().plan().playbook().value().equals("cancel_stuck_runs")));
      grace.approve("cancel_stuck_runs");
      grace.healed("run_pipeline", "cancel_stuck_runs");

      assertTrue(grace.ended("journal_store", "wait_for_ever", "aborted"));
    }
  }

  @Test
  void observingIsNoFailureAndFewRunsSayLittle() {
    assertEquals(0.8, SelfHealDomain.success(Collections.nCopies(50, outcome(Outcome.EXPIRED))));
    assertEquals(4.0 / 6, SelfHealDomain.success(Collections.nCopies(1, outcome(Outcome.FAILED))));
    assertTrue(SelfHealDomain.success(Collections.nCopies(9, outcome(Outcome.ROLLED_BACK))) < 0.3);
  }

  private static RecentOutcome outcome(Outcome outcome) {
    return new RecentOutcome(
        new ServiceId("orders"), new PlaybookId("restart"), outcome, Instant.EPOCH);
  }
}
