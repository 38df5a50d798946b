package io.grace.domains.security.sigma;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// What a text looks like once it was encoded: UTF-16 as raw bytes (one character a byte), and
/// base64 at each of its three alignments.
final class Encodings {
  private static final int ALIGNMENTS = 3;

  /// How many leading characters depend on what stands before, by alignment.
  private static final int[] BEGIN = {0, 2, 3};

  /// How many trailing characters depend on what follows, by (length + alignment) mod 3.
  private static final int[] END = {0, 3, 2};

  private Encodings() {}

  /// @param form `wide`, `utf16le`, `utf16be` or `utf16`
  static String utf16(String text, String form) {
    return switch (form) {
      case "utf16be" -> bytes(text, StandardCharsets.UTF_16BE);
      case "utf16" -> "\u00ff\u00fe" + bytes(text, StandardCharsets.UTF_16LE);
      default -> bytes(text, StandardCharsets.UTF_16LE);
    };
  }

  private static String bytes(String text, Charset charset) {
    return new String(text.getBytes(charset), StandardCharsets.ISO_8859_1);
  }

  /// @param raw whether the text already stands for bytes
  static String base64(String text, boolean raw) {
    return Base64.getEncoder().encodeToString(octets(text, raw));
  }

  /// The part that stays the same wherever the text begins in what was encoded.
  ///
  /// @return up to three
  static Set<String> base64Offsets(String text, boolean raw) {
    byte[] octets = octets(text, raw);
    Set<String> found = new LinkedHashSet<>();
    for (int shift = 0; shift < ALIGNMENTS; shift++) {
      byte[] shifted = new byte[shift + octets.length];
      System.arraycopy(octets, 0, shifted, shift, octets.length);
      String encoded = Base64.getEncoder().encodeToString(shifted);
      int end = encoded.length() - END[shifted.length % ALIGNMENTS];
      if (end > BEGIN[shift]) {
        found.add(encoded.substring(BEGIN[shift], end));
      }
    }
    return found;
  }

  private static byte[] octets(String text, boolean raw) {
    return text.getBytes(raw ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  /// The ways in which a command line's flags can begin.
  static final List<Character> DASHES = List.of('-', '/', '\u2013', '\u2014', '\u2015');

  /// Flags of more than so many together are too many variants to look for.
  static final int MOST_FLAGS = 5;

  /// The text with each leading dash of a word in each of its forms.
  static List<String> dashed(String text) throws Unusable {
    List<Integer> places =
        IntStream.range(0, text.length()).filter(i -> beginsFlag(text, i)).boxed().toList();
    if (places.size() > MOST_FLAGS) {
      throw new Unusable("windash must have at most " + MOST_FLAGS + " flags: " + text);
    }
    List<String> forms = List.of(text);
    for (int place : places) {
      forms =
          forms.stream()
              .flatMap(form -> DASHES.stream().map(dash -> replaced(form, place, dash)))
              .toList();
    }
    return forms;
  }

  private static String replaced(String text, int place, char dash) {
    return text.substring(0, place) + dash + text.substring(place + 1);
  }

  private static boolean beginsFlag(String text, int i) {
    return DASHES.contains(text.charAt(i))
        && (i == 0 || !isWord(text.charAt(i - 1)))
        && i + 1 < text.length()
        && isWord(text.charAt(i + 1));
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
