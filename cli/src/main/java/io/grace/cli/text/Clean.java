package io.grace.cli.text;

/// Makes text of others harmless for a terminal: no escape sequence, no hidden or reordering
/// character gets through, so that what a person reads is what is there.
public final class Clean {
  /// Longer texts are a mistake or an attack; the rest is in the JSON.
  private static final int LONGEST = 4_000;

  private Clean() {}

  /// One line of visible characters: breaks and tabs become spaces, other controls go.
  public static String text(String raw) {
    var clean = new StringBuilder(Math.min(raw.length(), LONGEST));
    raw.codePoints()
        .limit(LONGEST)
        .map(c -> isBreak(c) ? ' ' : c)
        .filter(c -> !isUnsafe(c))
        .forEach(clean::appendCodePoint);
    if (raw.codePointCount(0, raw.length()) > LONGEST) {
      clean.append("...");
    }
    return clean.toString();
  }

  /// The same JSON with the controls that JSON allows unescaped, such as DEL and C1, escaped.
  public static String json(String raw) {
    if (raw.codePoints().noneMatch(c -> isUnsafe(c) && !isLayout(c))) {
      return raw;
    }
    var clean = new StringBuilder(raw.length() + 64);
    for (int i = 0; i < raw.length(); ) {
      int c = raw.codePointAt(i);
      int next = i + Character.charCount(c);
      if (isUnsafe(c) && !isLayout(c)) {
        for (; i < next; i++) {
          clean.append(String.format("\\u%04x", (int) raw.charAt(i)));
        }
      } else {
        clean.appendCodePoint(c);
      }
      i = next;
    }
    return clean.toString();
  }

  private static boolean isLayout(int c) {
    return c == '\n' || c == '\r' || c == '\t';
  }

  private static boolean isBreak(int c) {
    return isLayout(c) || c == 0x2028 || c == 0x2029;
  }

  private static boolean isUnsafe(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
