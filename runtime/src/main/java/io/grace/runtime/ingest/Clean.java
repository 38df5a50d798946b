package io.grace.runtime.ingest;

/// Foreign text made fit for journal, terminal and page: without control characters and halves of
/// characters, and cut where it is too long.
final class Clean {
  private static final int STRANGE = 0xFFFD;

  private Clean() {}

  static String text(String text, int longest) {
    if (text.length() <= longest && isPlain(text)) {
      return text;
    }
    var clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      int shown = isStrange(c) ? STRANGE : c;
      if (clean.length() + Character.charCount(shown) > longest - 1 && i < text.length()) {
        return clean.append('…').toString();
      }
      clean.appendCodePoint(shown);
    }
    return clean.length() > longest ? clean.substring(0, longest - 1) + "…" : clean.toString();
  }

  private static boolean isPlain(String text) {
    return text.codePoints().noneMatch(Clean::isStrange);
  }

  private static boolean isStrange(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c) || type == Character.SURROGATE || type == Character.FORMAT;
  }
}
