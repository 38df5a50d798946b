package io.grace.domains.knowledge.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grace.domains.knowledge.reading.Text.Section;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.junit.jupiter.api.Test;

class ReadingTest {
  private static Text read(String path, String text) throws Unreadable {
    return Reading.read(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String refusal(String path, byte[] bytes) {
    return String.valueOf(
        assertThrows(Unreadable.class, () -> Reading.read(path, bytes)).getMessage());
  }

  @Test
  void markdownIsCutUnderItsHeadingsWithItsFrontMatter() throws Unreadable {
    var text =
        read(
            "a/pool.md",
            """
            ---
            owner: ann
            reviewed: 2026-03-01
            ---
            # Pool
            All is *taken*.

            ## Fix
            1. `restart` it
            2. wait

            # Other
            | not | a heading |
            """);

    assertEquals("Pool", text.title());
    assertEquals(Optional.of("ann"), text.owner());
    assertEquals(Optional.of(LocalDate.of(2026, 3, 1)), text.reviewed());
    assertEquals(new Section(List.of("Pool"), "All is taken."), text.sections().get(0));
    assertEquals(List.of("Pool", "Fix"), text.sections().get(1).path());
    assertTrue(text.sections().get(1).text().contains("restart"));
    assertEquals(List.of("Other"), text.sections().get(2).path());
  }

  @Test
  void htmlIsReadWithoutScriptsAndNavigation() throws Unreadable {
    var text =
        read(
            "a.html",
            """
            <html><head><title>Disk</title><meta name="author" content="bob">
            <script>alert(1)</script></head><body><nav>Home</nav>
            <h1>Disk full</h1><p>Find what <b>grows</b>.</p><ul><li>logs</li><li>dumps</li></ul>
            <h2>Undo</h2><pre>truncate -s 0</pre></body></html>
            """);

    assertEquals("Disk", text.title());
    assertEquals(Optional.of("bob"), text.owner());
    assertEquals(
        List.of(
            new Section(List.of("Disk full"), "Find what grows.\n\nlogs\n\ndumps"),
            new Section(List.of("Disk full", "Undo"), "truncate -s 0")),
        text.sections());
  }

  @Test
  void pdfIsReadPageByPage() throws Exception {
    var text = Reading.read("a.pdf", pdf(Optional.empty(), "Promote the standby", "Fence first"));

    assertEquals(2, text.sections().size());
    assertEquals("Promote the standby", text.sections().get(0).text());
    assertEquals(List.of("Page 2"), text.sections().get(1).path());
  }

  @Test
  void catalogueTellsOwnersAndDependencies() throws Unreadable {
    var text =
        read(
            "x/catalog-info.yaml",
            """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata: {name: orders, description: Takes orders}
            spec:
              owner: group:default/checkout
              dependsOn: ["component:default/stock", "resource:orders-db"]
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: {name: checkout}
            """);

    var orders = text.entities().getFirst();
    assertEquals(Optional.of("checkout"), orders.owner());
    assertEquals(List.of("stock", "orders-db"), orders.dependsOn());
    assertEquals(2, text.entities().size());
    assertTrue(text.sections().getFirst().text().contains("Takes orders"));
  }

  @Test
  void fileThatIsNotWhatItsNameSaysIsRefusedWithTheReason() throws Exception {
    assertEquals("is binary", refusal("a.md", new byte[] {'a', 0, 'b'}));
    assertEquals("is not UTF-8", refusal("a.txt", new byte[] {(byte) 0xC3, (byte) 0x28}));
    assertTrue(refusal("a.pdf", "no pdf".getBytes(StandardCharsets.UTF_8)).contains("PDF"));
    assertEquals("is encrypted", refusal("a.pdf", pdf(Optional.of("secret"), "x")));
    assertEquals("holds no text", refusal("a.md", "\n\n".getBytes(StandardCharsets.UTF_8)));
    assertTrue(
        refusal("catalog-info.yaml", "kind: [".getBytes(StandardCharsets.UTF_8)).contains("YAML"));
    assertTrue(refusal("a.txt", new byte[Reading.MAX_BYTES + 1]).startsWith("has 16777217 bytes"));
  }

  @Test
  void whateverIsInAFileTheAnswerIsTextOrARefusal() throws Exception {
    var random = new Random(5);
    byte[] sound = pdf(Optional.empty(), "Promote the standby");
    for (int round = 0; round < 200; round++) {
      byte[] cut = Arrays.copyOf(sound, 1 + random.nextInt(sound.length));
      for (int i = 0; i < 5; i++) {
        cut[random.nextInt(cut.length)] = (byte) random.nextInt(256);
      }
      for (String name : List.of("a.pdf", "a.md", "a.html", "a.txt", "catalog-info.yaml")) {
        try {
          assertFalse(Reading.read(name, cut).isEmpty());
        } catch (Unreadable e) {
          assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
      }
    }
  }

  @Test
  void endlessNestingIsRefusedOrReadAndNeverACrash() {
    for (String text : List.of("> ".repeat(50_000) + "a", "<div>".repeat(100_000) + "a")) {
      for (String name : List.of("a.md", "a.html")) {
        try {
          assertFalse(read(name, text).isEmpty());
        } catch (Unreadable e) {
          assertFalse(String.valueOf(e.getMessage()).isBlank());
        }
      }
    }
  }

  private static byte[] pdf(Optional<String> password, String... pages) throws IOException {
    try (var document = new PDDocument();
        var bytes = new ByteArrayOutputStream()) {
      for (String page : pages) {
        var sheet = new PDPage();
        document.addPage(sheet);
        try (var pen = new PDPageContentStream(document, sheet)) {
          pen.beginText();
          pen.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
          pen.newLineAtOffset(50, 700);
          pen.showText(page);
          pen.endText();
        }
      }
      if (password.isPresent()) {
        document.protect(
            new StandardProtectionPolicy("owner", password.get(), new AccessPermission()));
      }
      document.save(bytes);
      return bytes.toByteArray();
    }
  }
}
