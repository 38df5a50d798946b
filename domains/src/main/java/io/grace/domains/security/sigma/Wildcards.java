package io.grace.domains.security.sigma;

/// Sigma's wildcards and escapes. In a pattern two characters of Unicode's private area stand for
/// them, so that an escaped `*` is a plain one.
final class Wildcards {
  /// Any number of characters.
  static final char MANY = '\uE000';

  /// Exactly one character.
  static final char ONE = '\uE001';

  private Wildcards() {}

  /// @param text as written in a rule
  /// @throws Unusable if the text holds a character that stands for a wildcard
  static String pattern(String text) throws Unusable {
    StringBuilder pattern = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isWild(c)) {
        throw new Unusable("a value must not hold U+E000 or U+E001");
      }
      char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
      if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
        pattern.append(next);
        i++;
      } else {
        pattern.append(c == '*' ? MANY : c == '?' ? ONE : c);
      }
    }
    return pattern.toString();
  }

  static boolean isWild(char c) {
    return c == MANY || c == ONE;
  }

  static boolean isPlain(String pattern) {
    return pattern.indexOf(MANY) < 0 && pattern.indexOf(ONE) < 0;
  }

  /// Whether a whole value fits, in time of at most length × length.
  ///
  /// @param folded whether the pattern is, and the value is to be
  static boolean fits(String pattern, char[] chars, int from, int to, boolean folded) {
    int p = 0;
    int i = from;
    int star = -1;
    int resume = from;
    while (i < to) {
      if (p < pattern.length() && pattern.charAt(p) == MANY) {
        star = p++;
        resume = i;
      } else if (p < pattern.length() && fits(pattern.charAt(p), chars[i], folded)) {
        p++;
        i++;
      } else if (star >= 0) {
        p = star + 1;
        i = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == MANY) {
      p++;
    }
    return p == pattern.length();
  }

  private static boolean fits(char wanted, char found, boolean folded) {
    return wanted == ONE || wanted == (folded ? Fold.fold(found) : found);
  }

  /// The longest part between wildcards; every value that fits holds it.
  static String longestPart(String pattern) {
    String longest = "";
    int begin = 0;
    for (int i = 0; i <= pattern.length(); i++) {
      if (i == pattern.length() || isWild(pattern.charAt(i))) {
        if (i - begin > longest.length()) {
          longest = pattern.substring(begin, i);
        }
        begin = i + 1;
      }
    }
    return longest;
  }
}
