package io.grace.domains.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.loop.Command;
import io.grace.core.state.Run.Phase;
import io.grace.domains.Living;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class CoreDomainTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @TempDir Path directory;

  @Test
  void aLogThatAReaderKeptLongIsCutDown() throws Exception {
    String text =
        """
        mode: autonomous
        metrics: {journal_log_mb: {degraded: 0.3, critical: 100}}
        triage: {journal_log_long: journal_log_mb >= 0.3}
        domains: {core: {}}
        """;
    try (var grace = Living.start(directory, text)) {
      String url = "jdbc:sqlite:" + directory.resolve(".grace/grace.db");
      try (var reader = DriverManager.getConnection(url);
          var statement = reader.createStatement()) {
        reader.setAutoCommit(false);
        statement.executeQuery("SELECT COUNT(*) FROM entry").next();
        writeMuch(grace);
        assertTrue(Files.size(directory.resolve(".grace/grace.db-wal")) > 600_000);
        reader.rollback();
      }

      grace.healed("journal_store", "truncate_journal_log");
    }
  }

  @Test
  void anOldKeyIsReplacedOnceAPersonAgrees() throws Exception {
    String text =
        """
        mode: autonomous
        metrics: {signing_key_age_days: {degraded: 0.00005, critical: 1}}
        triage: {signing_key_old: signing_key_age_days >= 0.00005}
        domains: {core: {}}
        """;
    try (var grace = Living.start(directory, text)) {
      grace.until("asked for", s -> s.runs().size() == 1);

      var run = grace.node().snapshot().runs().values().iterator().next();
      assertEquals("rotate_signing_key", run.facts().plan().playbook().value());
      assertEquals(Phase.PROPOSED, run.phase(), "what cannot be undone waits for a person");

      grace.approve("rotate_signing_key");
      grace.until("signed with another key", _ -> keys() == 2);
    }
  }

  /// What people say goes into the journal in full.
  private static void writeMuch(Living grace) throws InterruptedException {
    String reason = "x".repeat(Command.LONGEST_REASON);
    for (int i = 0; i < 60; i++) {
      grace.node().loop().ask(new Command.Pause("ann", reason), LIMIT);
      grace.node().loop().ask(new Command.Resume("ann", reason), LIMIT);
    }
  }

  /// Private keys in the ring.
  private long keys() {
    try (var files = Files.list(directory.resolve(".grace/keys"))) {
      return files.filter(file -> file.toString().endsWith(".key.pem")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
