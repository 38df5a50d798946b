package io.grace.runtime.journal;

import static io.grace.runtime.journal.Journals.assertChained;
import static io.grace.runtime.journal.Journals.assertSays;
import static io.grace.runtime.journal.Journals.drafts;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A writer that is killed without warning loses nothing that it has acknowledged.
class CrashTest {
  private static final String ACK = "recorded ";
  private static final int ROUNDS = 10;
  private static final int MAX_ACKNOWLEDGED = 200;

  @TempDir Path directory;

  /// The child: appends for ever and prints each index that was acknowledged.
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    Storage storage = Storage.sqlite(directory.resolve("grace.db"));
    FileKeyRing keys = FileKeyRing.in(directory.resolve("keys"));
    EntryStore store = EntryStore.open(storage, keys, List.of(), InstantSource.system(), "child");
    Random sizes = new Random(Long.parseLong(arguments[1]));
    System.out.println(ACK + store.head().index());
    while (true) {
      System.out.println(ACK + store.append(drafts(1 + sizes.nextInt(60))));
    }
  }

  @Test
  @Timeout(120)
  void nothingAcknowledgedIsLostByAKill() throws Exception {
    Random random = new Random(20261123);
    long previous = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long acknowledged = killAfter(random.nextInt(MAX_ACKNOWLEDGED), round);

      try (Storage storage = Storage.sqlite(directory.resolve("grace.db"))) {
        long stored = assertChained(new EntryReader(storage));
        assertTrue(stored >= acknowledged, "acknowledged " + acknowledged + ", stored " + stored);
        assertTrue(stored > previous, "the child must have written");
        previous = stored;
      }
    }
  }

  private long killAfter(int acknowledgements, int seed) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                CrashTest.class.getName(),
                directory.toString(),
                Integer.toString(seed))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      long last = 0;
      int seen = 0;
      String line = lines.readLine();
      while (line != null) { // also what it had printed before it died counts as acknowledged
        if (line.startsWith(ACK)) {
          last = Long.parseLong(line.substring(ACK.length()));
          if (seen == 0 && seed == 0) {
            secondProcessIsRefusedWhile(child);
          }
          if (seen == acknowledgements) {
            child.toHandle().destroyForcibly(); // SIGKILL, and its output stays readable
          }
          seen++;
        }
        line = lines.readLine();
      }
      assertTrue(seen > acknowledgements, "the child ended by itself after " + seen);
      assertTrue(child.waitFor(10, TimeUnit.SECONDS), "a killed process ends");
      return last;
    } finally {
      child.destroyForcibly();
    }
  }

  private void secondProcessIsRefusedWhile(Process child) {
    JournalException e =
        assertThrows(JournalException.class, () -> Storage.sqlite(directory.resolve("grace.db")));
    assertSays("in use by process " + child.pid(), e);
  }
}
