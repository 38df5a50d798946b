package io.grace.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.core.spi.ActionProvider.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyLogTest {
  @TempDir Path dir;

  private Path file;
  private int deeds;

  @BeforeEach
  void setUp() {
    file = dir.resolve("keys.log");
  }

  @Test
  void repeatedKeyIsNotDoneAgainEvenAfterARestart() throws Exception {
    var keys = KeyLog.open(file);
    keys.once("a", () -> deed(new Result.Done("first")));

    assertInstanceOf(Result.Done.class, keys.once("a", this::forbidden));
    assertInstanceOf(Result.Done.class, KeyLog.open(file).once("a", this::forbidden));
    assertEquals(1, deeds);
  }

  @Test
  void failureIsAnsweredAgainAsAFailureOfTheSameKind() throws Exception {
    var keys = KeyLog.open(file);
    keys.once("a", () -> deed(new Result.Failed("no", true)));

    var repeated = KeyLog.open(file).once("a", this::forbidden);

    assertEquals(true, assertInstanceOf(Result.Failed.class, repeated).passing());
  }

  @Test
  void keyThatWasBegunAndNeverEndedIsUnknown() throws Exception {
    var keys = KeyLog.open(file);
    assertThrows(
        InterruptedException.class,
        () ->
            keys.once(
                "a",
                () -> {
                  throw new InterruptedException("told to stop");
                }));

    assertInstanceOf(Result.Unknown.class, keys.once("a", this::forbidden));
    assertInstanceOf(Result.Unknown.class, KeyLog.open(file).once("a", this::forbidden));
  }

  @Test
  void keyIsOnDiskBeforeTheDeedBegins() throws Exception {
    KeyLog.open(file)
        .once(
            "a",
            () -> {
              try {
                assertEquals("BEGUN\ta\n", Files.readString(file));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              return new Result.Done("");
            });
  }

  @Test
  void keyOfAnotherGraceIsSeen() throws Exception {
    var standby = KeyLog.open(file);
    KeyLog.open(file).once("a", () -> deed(new Result.Done("")));

    standby.once("a", this::forbidden);

    assertEquals(1, deeds);
  }

  @Test
  void lineCutByACrashIsDroppedAndOverwritten() throws Exception {
    KeyLog.open(file).once("a", () -> deed(new Result.Done("")));
    Files.writeString(file, "BEGUN\tb", StandardOpenOption.APPEND);

    KeyLog.open(file).once("bc", () -> deed(new Result.Done("")));

    assertEquals("BEGUN\ta\nDONE\ta\nBEGUN\tbc\nDONE\tbc\n", Files.readString(file));
  }

  @Test
  void fileOfAnotherKindIsRefused() throws Exception {
    Files.writeString(file, "hello\n");

    assertThrows(IllegalStateException.class, () -> KeyLog.open(file));
  }

  @Test
  void logIsBoundedAndForgetsTheOldestFirst() throws Exception {
    var text = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      text.append("DONE\tkey-").append(i).append('\n');
    }
    Files.writeString(file, text);
    var keys = KeyLog.open(file);

    keys.once("next", () -> deed(new Result.Done("")));

    assertTrue(Files.readAllLines(file).size() < 5_010);
    keys.once("key-9999", this::forbidden);
    keys.once("next", this::forbidden);
    keys.once("key-0", () -> deed(new Result.Done("")));
    assertEquals(2, deeds);
  }

  @Test
  void keyWithAControlCharacterIsRefused() throws Exception {
    var keys = KeyLog.open(file);

    assertThrows(IllegalArgumentException.class, () -> keys.once("a\nDONE\tb", this::forbidden));
  }

  private Result deed(Result result) {
    deeds++;
    return result;
  }

  private Result forbidden() {
    throw new AssertionError("done again");
  }
}
