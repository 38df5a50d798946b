package io.grace.domains.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  @TempDir Path directory;
  private Path log = Path.of("");
  private Path memory = Path.of("");

  @BeforeEach
  void choose() throws IOException {
    log = directory.resolve("auth.log");
    memory = directory.resolve("position");
    Files.writeString(log, "old\n");
  }

  private void write(String text) throws IOException {
    Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static List<String> poll(LogFile file) throws IOException {
    List<String> lines = new ArrayList<>();
    file.poll((bytes, offset, length) ->
        lines.add(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    return lines;
  }

  @Test
  void whatWasThereBeforeIsReadOnlyIfWanted() throws IOException {
    try (var fromEnd = new LogFile(log, memory, false);
        var fromStart = new LogFile(log, directory.resolve("other"), true)) {
      assertEquals(List.of(), poll(fromEnd));
      assertEquals(List.of("old"), poll(fromStart));

      write("one\ntw");

      assertEquals(List.of("one"), poll(fromEnd));

      write("o\n");

      assertEquals(List.of("two"), poll(fromEnd));
    }
  }

  @Test
  void aRenamedFileIsReadToItsEndAndTheNewOneFromItsBeginning() throws IOException {
    try (var file = new LogFile(log, memory, false)) {
      poll(file);
      write("last of the old\n");
      Files.move(log, directory.resolve("auth.log.1"));
      write("first of the new\n");

      assertEquals(List.of("last of the old", "first of the new"), poll(file));
    }
  }

  @Test
  void aFileThatWasCutIsReadFromItsBeginning() throws IOException {
    try (var file = new LogFile(log, memory, false)) {
      write("something long\n");
      poll(file);
      Files.writeString(log, "new\n");

      assertEquals(List.of("new"), poll(file));
    }
  }

  @Test
  void aRestartGoesOnWhereItWasEvenWithinALine() throws IOException {
    try (var file = new LogFile(log, memory, false)) {
      poll(file);
      write("one\nhalf");
      poll(file);
    }
    write(" and half\n");

    try (var again = new LogFile(log, memory, false)) {
      assertEquals(List.of("half and half"), poll(again));
    }
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndTheNextIsRead() throws IOException {
    try (var file = new LogFile(log, memory, false)) {
      poll(file);
      write("x".repeat(LineSource.LONGEST_LINE + 10) + "\nnext\n");

      assertEquals(List.of("next"), poll(file));
    }
  }

  @Test
  void aFileThatIsNotThereIsSaidAndReadOnceItIs() throws IOException {
    Files.delete(log);
    try (var file = new LogFile(log, memory, false)) {
      assertThrows(IOException.class, () -> poll(file));
      write("here\n");

      assertEquals(List.of("here"), poll(file));
    }
  }
}
