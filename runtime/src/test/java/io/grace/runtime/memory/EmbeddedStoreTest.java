package io.grace.runtime.memory;

import static io.grace.runtime.memory.Made.NOON;
import static io.grace.runtime.memory.Made.memory;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.memory.Access;
import io.grace.core.memory.Grant;
import io.grace.core.memory.Memory;
import io.grace.core.spi.MemoryStore;
import io.grace.core.spi.MemoryStore.Use;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The contract on SQLite, and what store and index promise together.
class EmbeddedStoreTest extends MemoryStoreContract {
  private static final String ACK = "kept ";
  private static final Grant ALL = new Grant(new TreeMap<>(Map.of(Made.CORE, Access.FULL)));

  @TempDir Path directory;

  @Override
  MemoryStore open() throws Exception {
    return EmbeddedStore.open(directory.resolve("contract"));
  }

  /// The child: keeps memories for ever and prints each that is acknowledged.
  public static void main(String[] arguments) throws Exception {
    var bank = MemoryBank.open(Path.of(arguments[0]));
    for (int i = Integer.parseInt(arguments[1]); ; i++) {
      bank.keep(List.of(memory(crashed(i))));
      System.out.println(ACK + i);
    }
  }

  private static String crashed(int i) {
    return "crash number" + i + " of orders";
  }

  @Test
  void everythingIsThereAfterARestart() throws Exception {
    Path place = directory.resolve("restart");
    try (var bank = MemoryBank.open(place)) {
      bank.keep(List.of(memory("the pool of payments is exhausted")));
      bank.touch(List.of(memory("the pool of payments is exhausted").id()), NOON);
    }

    try (var bank = MemoryBank.open(place)) {
      var id = memory("the pool of payments is exhausted").id();
      assertEquals(List.of(id), found(bank, "exhausted pools"));
      assertEquals(Map.of(id, new Use(1, NOON)), bank.uses(List.of(id)));
    }
  }

  @Test
  void aLostIndexIsMadeAnewFromTheStore() throws Exception {
    Path place = directory.resolve("lost");
    try (var bank = MemoryBank.open(place)) {
      bank.keep(List.of(memory("the pool of payments is exhausted")));
    }
    try (var files = Files.walk(place.resolve("index"))) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }

    try (var bank = MemoryBank.open(place)) {
      assertEquals(1, found(bank, "pool").size());
    }
  }

  @Test
  void whatIsKeptAgainIsFoundOnce() throws Exception {
    try (var bank = MemoryBank.open(directory.resolve("again"))) {
      bank.keep(List.of(memory(Made.CORE, "the pool is exhausted", 5)));
      bank.keep(List.of(memory(Made.CORE, "the pool is exhausted", 1)));

      assertEquals(1, found(bank, "pool").size());
    }
  }

  @Test
  void noFileHoldsWhatWasForgotten() throws Exception {
    Path place = directory.resolve("forget");
    try (var bank = MemoryBank.open(place)) {
      Memory gone = memory("the passphrase of zanzibarquux is xylophonique");
      bank.keep(List.of(memory("stays one"), gone, memory("stays two")));
      bank.merge();
      assertTrue(isAnywhere(place, "xylophonique"), "the search for bytes finds what is there");

      assertEquals(List.of(gone.id()), bank.forget(Made.CORE.owner(), List.of(gone.id())));

      assertTrue(bank.remains(Made.CORE.owner(), List.of(gone.id())).isNone());
      assertFalse(isAnywhere(place, "xylophonique"), "left in a file");
      assertFalse(isAnywhere(place, "zanzibarquux"), "left in a file");
      assertEquals(1, found(bank, "one").size());
    }
  }

  private static boolean isAnywhere(Path place, String text) throws IOException {
    try (var files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        // The index keeps words of a length apart from each other; a piece is enough to tell.
        if (content.contains(text) || content.contains(text.substring(0, 7))) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  @Timeout(300) // Four JVMs, on a machine that may be busy.
  void nothingAcknowledgedIsLostByAKill() throws Exception {
    Path place = directory.resolve("crash");
    Random random = new Random(20261126);
    int next = 0;
    for (int round = 0; round < 2; round++) {
      next = killAfter(10 + random.nextInt(20), next, place);
      try (var bank = MemoryBank.open(place)) {
        for (int i = 0; i < next; i++) {
          Memory wanted = memory(crashed(i));
          assertTrue(bank.get(List.of(wanted.id())).containsKey(wanted.id()), "lost " + i);
          assertEquals(List.of(wanted.id()), found(bank, "number" + i), "not found " + i);
        }
      }
    }
  }

  /// @return how many are acknowledged
  private static int killAfter(int acknowledgements, int from, Path place) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                EmbeddedStoreTest.class.getName(),
                place.toString(),
                Integer.toString(from))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = child.inputReader()) {
      int last = from - 1;
      String line = lines.readLine();
      while (line != null) {
        if (line.startsWith(ACK)) {
          last = Integer.parseInt(line.substring(ACK.length()));
          if (last == from + acknowledgements) {
            child
                .toHandle()
                .destroyForcibly(); // The process's own would close what is still to be read.
          }
        }
        line = lines.readLine();
      }
      assertTrue(child.waitFor(20, TimeUnit.SECONDS), "the child must end");
      assertTrue(last >= from + acknowledgements, "the child must have kept memories");
      return last + 1;
    }
  }

  private static List<io.grace.core.model.Hash> found(MemoryBank bank, String query)
      throws Exception {
    return bank.search(new Words(query, Optional.empty(), Optional.empty(), NOON), ALL, 1).stream()
        .map(Hit::id)
        .toList();
  }
}
