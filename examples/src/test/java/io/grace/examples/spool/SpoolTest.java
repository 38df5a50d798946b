package io.grace.examples.spool;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.Living;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SpoolTest {
  @TempDir Path directory;

  @Test
  void aStaleLockIsSetAsideByTheOneLoop() throws Exception {
    Path lock = Files.createDirectories(directory.resolve("outbox")).resolve("lock");
    Files.writeString(lock, "4711");
    Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(7_200)));

    String text = "mode: autonomous\ndomains: {spool: {folder: outbox}}\n";
    try (var grace = Living.start(directory, text)) {
      grace.healed("spool", "free_spool");

      assertTrue(Files.notExists(lock));
      assertTrue(Files.exists(directory.resolve("outbox/lock.aside")));
    }
  }
}
