package io.grace.runtime.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CleanTest {
  @Test
  void plainTextStaysAsItIs() {
    assertEquals("Größe 7 🚀", Clean.text("Größe 7 🚀", 40));
  }

  @Test
  void whatControlsATerminalIsReplaced() {
    assertEquals("a\uFFFD[2Jb\uFFFDc", Clean.text("a\u001b[2Jb\u202ec", 40));
  }

  @Test
  void longTextEndsWithAnEllipsis() {
    assertEquals("abcd…", Clean.text("abcdefgh", 5));
  }

  @Test
  void anyTextSurvivesTheJournal() {
    for (int seed = 0; seed < 2_000; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder();
      random.ints(random.nextInt(60), 0, 0x10000).forEach(c -> text.append((char) c));

      String clean = Clean.text(text.toString(), 30);

      assertTrue(clean.length() <= 30, () -> "seed " + text);
      assertEquals(
          clean,
          new String(clean.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
          "seed " + seed);
    }
  }
}
