package io.grace.domains.security.sigma;

/// Texts without their case, character by character, so that a text and its folded form have the
/// same length and the index and the checks agree.
final class Fold {
  private Fold() {}

  static char fold(char c) {
    if (c < 128) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    // The long s has no other lower case, and yet folds to s in regular expressions.
    return c == 'ſ' ? 's' : Character.toLowerCase(c);
  }

  static String fold(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = fold(chars[i]);
    }
    return new String(chars);
  }
}
