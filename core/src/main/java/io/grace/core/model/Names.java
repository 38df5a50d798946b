package io.grace.core.model;

/// The one rule for names that end up in URLs, file names, SQL and terminals.
final class Names {
  /// Fits every index and every terminal column; longer names are a mistake or an attack.
  private static final int LONGEST = 120;

  private Names() {}

  static void require(String what, String value) {
    if (value.isEmpty() || value.length() > LONGEST || !value.chars().allMatch(Names::isAllowed)) {
      throw new IllegalArgumentException(
          what + " must be 1–" + LONGEST + " of letters, digits, '.', '_', '-': " + shown(value));
    }
  }

  private static boolean isAllowed(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '_'
        || c == '-';
  }

  private static String shown(String value) {
    return value.length() <= LONGEST ? "'" + value + "'" : value.length() + " characters";
  }
}
