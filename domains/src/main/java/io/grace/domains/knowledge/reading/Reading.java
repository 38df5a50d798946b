package io.grace.domains.knowledge.reading;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Chooses how a file is read by its name. Whatever a file holds, the answer is its text or
/// [Unreadable].
public final class Reading {
  /// A manual of a thousand pages; more is no runbook.
  public static final int MAX_BYTES = 16 * 1024 * 1024;

  private Reading() {}

  /// Whether a file of this name is read at all.
  public static boolean isFor(String path) {
    String name = name(path);
    return isCatalogue(name)
        || name.endsWith(".md")
        || name.endsWith(".markdown")
        || name.endsWith(".html")
        || name.endsWith(".htm")
        || name.endsWith(".txt")
        || name.endsWith(".pdf");
  }

  /// @throws Unreadable if it has no text, or is not what its name says
  public static Text read(String path, byte[] bytes) throws Unreadable {
    if (bytes.length > MAX_BYTES) {
      throw new Unreadable("has " + bytes.length + " bytes; at most " + MAX_BYTES + " are read");
    }
    Text text;
    try {
      text = parsed(name(path), bytes);
    } catch (RuntimeException | StackOverflowError e) {
      // Parsers trip over hostile files in many ways; that is the file's fault and not ours.
      throw new Unreadable("cannot be parsed: " + e, e);
    }
    if (text.isEmpty()) {
      throw new Unreadable("holds no text");
    }
    return text;
  }

  private static Text parsed(String name, byte[] bytes) throws Unreadable {
    if (isCatalogue(name)) {
      return Catalogue.read(utf8(bytes));
    }
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "md", "markdown" -> Markdown.read(utf8(bytes));
      case "html", "htm" -> Html.read(bytes);
      case "pdf" -> Pdf.read(bytes);
      default -> Plain.read(utf8(bytes));
    };
  }

  private static boolean isCatalogue(String name) {
    return name.equals("catalog-info.yaml") || name.equals("catalog-info.yml");
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
  }

  private static String utf8(byte[] bytes) throws Unreadable {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') >= 0) {
        throw new Unreadable("is binary");
      }
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new Unreadable("is not UTF-8", e);
    }
  }
}
