package io.grace.cli.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.cli.log.Finding.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// A real journal of 300 entries: it verifies, and no change to it goes unnoticed.
class Format1Test {
  private static final Pattern FIELD =
      Pattern.compile("\"(\\w+)\":(\"((?:[^\"\\\\]|\\\\.)*)\"|\\d+)");

  private static Finding first(Verdict verdict, String change) {
    assertFalse(verdict.isClean(), "not found: " + change);
    return verdict.findings().getFirst();
  }

  private static boolean has(Verdict verdict, Kind kind, long index) {
    return verdict.findings().stream()
        .anyMatch(finding -> finding.kind() == kind && finding.index() == index);
  }

  @Test
  void checkedInJournalVerifiesForEver() throws Exception {
    Verdict verdict =
        Verifier.verify(LogSource.at(Format1.FILE.toString()), Format1.held(), _ -> {});

    assertEquals(List.of(), verdict.findings());
    assertEquals(List.of(), verdict.warnings());
    assertEquals(300, verdict.entries());
    assertEquals(5, verdict.checkpoints());
    assertEquals(300, verdict.signedUpTo());
    assertTrue(verdict.pinned());
  }

  @Test
  void everyFieldOfEveryEntryIsProtected() throws Exception {
    List<String> lines = Format1.lines();
    int changes = 0;
    for (int index = 1; index <= Format1.ENTRIES; index++) {
      int at = Format1.lineOf(lines, index);
      String line = lines.get(at);
      Matcher field = FIELD.matcher(line);
      while (field.find()) {
        int last = field.group(3) == null ? field.end(2) - 1 : field.end(2) - 2;
        char changed = line.charAt(last) == '0' ? '1' : '0';
        List<String> edited = new ArrayList<>(lines);
        edited.set(at, line.substring(0, last) + changed + line.substring(last + 1));

        Verdict verdict = Forge.verify(edited, Format1.pinned());

        String change = field.group(1) + " of entry " + index;
        Finding found = first(verdict, change);
        if (!field.group(1).equals("index")) {
          assertEquals(index, found.index(), change + ": " + found);
        }
        changes++;
      }
    }
    assertEquals(300 * 9, changes);
  }

  @Test
  void everyDroppedEntryIsNamed() throws Exception {
    List<String> lines = Format1.lines();
    for (int index = 1; index < Format1.ENTRIES; index++) {
      List<String> dropped = new ArrayList<>(lines);
      dropped.remove(Format1.lineOf(lines, index));

      Verdict verdict = Forge.verify(dropped, Format1.pinned());

      assertTrue(has(verdict, Kind.GAP, index), "dropped " + index + ": " + verdict.findings());
    }
  }

  @Test
  void everySwapOfNeighboursIsNamed() throws Exception {
    List<String> lines = Format1.lines();
    for (int index = 1; index < Format1.ENTRIES; index++) {
      List<String> swapped = new ArrayList<>(lines);
      Collections.swap(swapped, Format1.lineOf(lines, index), Format1.lineOf(lines, index + 1));

      Verdict verdict = Forge.verify(swapped, Format1.pinned());

      assertTrue(has(verdict, Kind.REORDERED, index), "swapped " + index + verdict.findings());
    }
  }

  @Test
  void everyDuplicateIsNamed() throws Exception {
    List<String> lines = Format1.lines();
    for (int index = 1; index <= Format1.ENTRIES; index += 13) {
      List<String> doubled = new ArrayList<>(lines);
      int at = Format1.lineOf(lines, index);
      doubled.add(at, lines.get(at));

      Verdict verdict = Forge.verify(doubled, Format1.pinned());

      assertTrue(has(verdict, Kind.DUPLICATE, index), "doubled " + index + verdict.findings());
    }
  }

  @Test
  void everyCutTailIsFoundWithAHeldCheckpoint() throws Exception {
    Trust held = Format1.held();
    List<String> lines = Format1.lines();
    for (int length = 1; length < Format1.ENTRIES; length++) {
      // A careful attacker cuts the checkpoints too and writes a matching footer.
      List<String> cut = new ArrayList<>(lines.subList(0, Format1.lineOf(lines, length) + 1));
      long checkpoints = cut.stream().filter(line -> line.startsWith("{\"checkpoint\"")).count();
      cut.add("{\"entries\":" + length + ",\"checkpoints\":" + checkpoints + "}");

      assertTrue(has(Forge.verify(cut, held), Kind.CUT_TAIL, 300), "cut at " + length);
    }
  }

  @Test
  void fileThatEndsAnywhereTooEarlyIsCut() throws Exception {
    byte[] whole = String.join("\n", Format1.lines()).concat("\n").getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length += 97) {
      Verdict verdict = Forge.verify(Arrays.copyOf(whole, length), Format1.pinned());

      assertTrue(
          verdict.findings().stream().anyMatch(finding -> finding.kind() == Kind.CUT_TAIL),
          "cut at byte " + length);
    }
    assertFalse(Forge.verify(Arrays.copyOf(whole, whole.length - 1), Format1.pinned()).isClean());
  }

  @Test
  void unpinnedJournalIsToldToBeSelfConsistentOnly() throws Exception {
    Verdict verdict = Forge.verify(Format1.lines(), Trust.none());

    assertTrue(verdict.isClean());
    assertFalse(verdict.pinned());
    assertTrue(verdict.warnings().getFirst().startsWith("self-consistent at best"));
  }
}
