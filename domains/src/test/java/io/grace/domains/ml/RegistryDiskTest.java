package io.grace.domains.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.ml.Version.Lineage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stays on the disk of what was registered, and what is refused.
class RegistryDiskTest {
  @TempDir Path directory;
  private Registry registry;

  @BeforeEach
  void open() throws IOException {
    registry = Registry.open(directory, InstantSource.system());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  private void again() throws IOException {
    close();
    open();
  }

  @Test
  void aLineThatACrashHasCutIsCutOff() throws Exception {
    registry.create("a", "", Map.of());
    Files.writeString(directory.resolve("registry.log"), "0123 {\"half", StandardOpenOption.APPEND);

    again();
    registry.create("b", "", Map.of());
    again();

    assertEquals(2, registry.models().size());
  }

  @Test
  void aLineThatWasAcknowledgedAndIsDamagedIsRefused() throws Exception {
    registry.create("aaaa", "", Map.of());
    registry.create("b", "", Map.of());
    Path file = directory.resolve("registry.log");
    byte[] bytes = Files.readString(file).replace("aaaa", "aaab").getBytes(StandardCharsets.UTF_8);
    Files.write(file, bytes);

    var failure =
        assertThrows(IOException.class, () -> Registry.open(directory, InstantSource.system()));

    assertTrue(String.valueOf(failure.getMessage()).contains("line 1"), failure.toString());
  }

  @Test
  void anArtifactIsCheckedWheneverItIsLoaded() throws Exception {
    registry.create("own", "", Map.of());
    Version version =
        registry.add("own", new byte[] {1, 2, 3}, Lineage.UNKNOWN, Map.of(), Map.of());
    assertEquals("[1, 2, 3]", Arrays.toString(registry.artifact(version)));

    // Whole by itself, and another's.
    Version other = registry.add("own", new byte[] {4}, Lineage.UNKNOWN, Map.of(), Map.of());
    Files.copy(
        registry.artifactFile(other),
        registry.artifactFile(version),
        StandardCopyOption.REPLACE_EXISTING);

    assertThrows(IOException.class, () -> registry.artifact(version));
  }

  @Test
  void theVersionBeforeIsTheOneThatWasInProductionLast() throws Exception {
    registry.create("own", "", Map.of());
    for (byte i = 1; i <= 3; i++) {
      registry.add("own", new byte[] {i}, Lineage.UNKNOWN, Map.of(), Map.of());
    }
    registry.move("own", 2, Stage.PRODUCTION, true);
    registry.move("own", 1, Stage.PRODUCTION, true);
    registry.move("own", 3, Stage.PRODUCTION, true);
    assertEquals(1, registry.before("own").orElseThrow().number());

    registry.tag("own", 1, Tags.ROLLED_BACK, "r-1");
    again();

    assertEquals(2, registry.before("own").orElseThrow().number());
  }
}
