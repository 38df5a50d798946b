package io.grace.domains.knowledge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.knowledge.Intake.Round;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntakeTest {
  private static final String LONG =
      "When the replica falls behind, customers see old prices. Find the query that holds back the"
          + " replay on the standby and cancel it, then watch the lag until it is below a second."
          + " If it grows again within the hour, send all reads to the leader and call the team.";

  @TempDir Path directory;
  @TempDir Path notes;

  @Test
  void onlyWhatIsNewIsReadAndWhatIsGoneIsForgotten() throws Exception {
    try (var desk = new Desk(directory)) {
      var spec = Desk.folder("notes", notes);
      Desk.write(notes, "a.md", "# Replica\nlag");
      Desk.write(notes, "deep/b.txt", "disk full");
      Desk.write(notes, ".hidden/c.md", "secret");
      Desk.write(notes, "d.png", "no text");

      assertEquals(new Round(2, 2, 0), desk.take(spec));
      assertEquals(new Round(2, 0, 0), desk.take(spec));

      Desk.write(notes, "a.md", "# Replica\nlag and replay");
      Files.delete(notes.resolve("deep/b.txt"));
      assertEquals(new Round(1, 1, 1), desk.take(spec));
      assertEquals(List.of("notes/a.md#0"), desk.found("replay"));
      assertEquals(List.of(), desk.found("disk"));
    }
  }

  @Test
  void fileThatWasOnlyTouchedIsNotCutAnew() throws Exception {
    try (var desk = new Desk(directory)) {
      var spec = Desk.folder("notes", notes);
      Desk.write(notes, "a.md", "# Replica\nlag");
      desk.take(spec);
      Instant read = desk.library.find("notes", "a.md").orElseThrow().read();

      desk.later(Duration.ofHours(1));
      Files.setLastModifiedTime(notes.resolve("a.md"), FileTime.from(Instant.EPOCH));

      assertEquals(new Round(1, 1, 0), desk.take(spec));
      assertEquals(read, desk.library.find("notes", "a.md").orElseThrow().read());
      assertEquals(new Round(1, 0, 0), desk.take(spec));
    }
  }

  @Test
  void whatSaysTheSameIsFoundOnceAndTheOtherTakesItsPlaceWhenItGoes(@TempDir Path other)
      throws Exception {
    try (var desk = new Desk(directory)) {
      Desk.write(notes, "a.txt", LONG);
      Desk.write(other, "b.txt", LONG.replace("call the team", "page the team"));
      Desk.write(other, "c.txt", "Something else about a replica that is promoted by hand.");
      desk.take(Desk.folder("notes", notes));
      desk.take(Desk.folder("wiki", other));

      assertTrue(desk.found("replica lag").contains("notes/a.txt#0"));
      assertTrue(!desk.found("replica lag").contains("wiki/b.txt#0"));
      assertEquals(List.of("wiki"), desk.library.holders("notes/a.txt#0"));
      assertEquals(2, desk.library.originals());

      Files.delete(notes.resolve("a.txt"));
      desk.take(Desk.folder("notes", notes));

      assertTrue(desk.found("replica lag").contains("wiki/b.txt#0"));
      assertEquals(2, desk.library.originals());
    }
  }

  @Test
  void poisonedFileIsPutAsideWithTheReasonAndHoldsUpNoOther() throws Exception {
    try (var desk = new Desk(directory)) {
      Files.write(notes.resolve("a.pdf"), new byte[] {1, 2, 3});
      Files.write(notes.resolve("b.md"), new byte[] {(byte) 0xC3, 0x28});
      Desk.write(notes, "c.md", "replica lag");

      desk.take(Desk.folder("notes", notes));

      assertEquals(List.of("notes/c.md#0"), desk.found("replica"));
      var trouble = desk.library.find("notes", "b.md").orElseThrow().trouble().orElseThrow();
      assertEquals("is not UTF-8", trouble.reason());
      desk.later(Duration.ofDays(9));
      assertEquals(new Round(3, 0, 0), desk.take(Desk.folder("notes", notes)));

      Desk.write(notes, "b.md", "now it is a replica text");
      desk.take(Desk.folder("notes", notes));
      assertTrue(desk.found("replica").contains("notes/b.md#0"));
    }
  }

  /// A source one of whose files cannot be read for a while.
  private static final class Failing implements Origin {
    private final Set<String> broken = new HashSet<>(Set.of("a.md"));
    private int reads;

    @Override
    public List<Entry> list() {
      return List.of(new Entry("a.md", "1", 5), new Entry("b.md", "1", 5));
    }

    @Override
    public byte[] read(Entry entry, int maxBytes) throws IOException {
      reads++;
      if (broken.contains(entry.path())) {
        throw new IOException("stale handle");
      }
      return ("text of " + entry.path()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String revision() {
      return "";
    }

    @Override
    public void close() {}
  }

  @Test
  void whatMayPassIsTriedAgainEverMoreSeldom() throws Exception {
    try (var desk = new Desk(directory)) {
      var spec = Desk.folder("notes", notes);
      var origin = new Failing();
      desk.take(spec, origin);
      assertEquals(2, origin.reads);

      desk.later(Duration.ofSeconds(59));
      desk.take(spec, origin);
      assertEquals(2, origin.reads);

      desk.later(Duration.ofSeconds(1));
      desk.take(spec, origin);
      assertEquals(3, origin.reads);

      desk.later(Duration.ofSeconds(119));
      desk.take(spec, origin);
      assertEquals(3, origin.reads, "the second wait is twice the first");

      origin.broken.clear();
      desk.later(Duration.ofSeconds(1));
      desk.take(spec, origin);
      assertEquals(4, origin.reads);
      assertTrue(desk.found("text").contains("notes/a.md#0"));
      desk.take(spec, origin);
      assertEquals(4, origin.reads);
    }
  }

  @Test
  void whateverAFileIsCalledAndSaysItHoldsUpNoOther() throws Exception {
    try (var desk = new Desk(directory)) {
      String deep = "x".repeat(120) + "/" + "y".repeat(125) + ".md";
      Desk.write(notes, deep, "too deep");
      Desk.write(notes, "m.md", "---\ntitle: " + "t".repeat(9_000) + "\n---\nlong title");
      Desk.write(notes, "n.txt", ". \n".repeat(200_000) + "many dots");
      Desk.write(notes, "z.md", "replica lag");

      desk.take(Desk.folder("notes", notes));

      assertTrue(desk.found("replica").contains("notes/z.md#0"));
      assertTrue(desk.found("title").contains("notes/m.md#0"));
      assertTrue(desk.library.find("notes", deep).orElseThrow().trouble().isPresent());
    }
  }

  @Test
  void linksOutOfTheFolderAreNotFollowed(@TempDir Path outside) throws Exception {
    try (var desk = new Desk(directory)) {
      Desk.write(outside, "secret.md", "secret");
      Files.createSymbolicLink(notes.resolve("in"), outside);
      Files.createSymbolicLink(notes.resolve("link.md"), outside.resolve("secret.md"));

      assertEquals(new Round(0, 0, 0), desk.take(Desk.folder("notes", notes)));
    }
  }

  @Test
  void sourceThatIsConfiguredNoMoreTakesItsTextsWithIt() throws Exception {
    try (var desk = new Desk(directory)) {
      Desk.write(notes, "a.md", "replica lag");
      desk.take(Desk.folder("notes", notes));

      desk.intake.forget(Set.of("wiki"));

      assertEquals(List.of(), desk.found("replica"));
      assertEquals(0, desk.library.passages());
    }
  }

  @Test
  void whatWasReadIsThereAfterARestart() throws Exception {
    try (var desk = new Desk(directory)) {
      Desk.write(notes, "a.txt", LONG);
      Desk.write(notes, "b.txt", LONG + " ");
      desk.take(Desk.folder("notes", notes));
    }
    try (var desk = new Desk(directory)) {
      assertEquals(1, desk.library.originals());
      assertEquals(2, desk.library.passages());
      assertEquals(new Round(2, 0, 0), desk.take(Desk.folder("notes", notes)));
      assertEquals(1, desk.found("replica lag").size());
    }
  }
}
