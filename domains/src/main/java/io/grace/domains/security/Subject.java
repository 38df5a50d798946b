package io.grace.domains.security;

import java.util.Locale;

/// Whom an alert is about, and who can be isolated. *Immutable.*
///
/// @param value 1–200 characters without control characters
public record Subject(Kind kind, String value) {
  static final int LONGEST = 200;

  public enum Kind {
    /// An address or a name by which a caller is known.
    CALLER,
    /// A block of addresses.
    NETWORK,
    /// The name of a token of this GRACE, never the token.
    TOKEN,
    /// A process that the configuration declares.
    PROCESS
  }

  public Subject {
    if (!isUsable(value)) {
      throw new IllegalArgumentException("a subject has 1–200 plain characters: " + value.length());
    }
  }

  /// Logs are written by strangers, too.
  static boolean isUsable(String value) {
    return !value.isEmpty()
        && value.length() <= LONGEST
        && value.chars().noneMatch(Character::isISOControl);
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + value;
  }
}
