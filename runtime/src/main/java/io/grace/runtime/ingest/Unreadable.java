package io.grace.runtime.ingest;

/// What was sent cannot be understood; the message says what was found and what was wanted.
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  /// Whose turn it is.
  public enum Kind {
    /// It is not of the form that was announced.
    MALFORMED,
    /// It is of the form and says what GRACE cannot take.
    UNACCEPTABLE
  }

  private final Kind kind;

  Unreadable(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  static Unreadable malformed(String message) {
    return new Unreadable(Kind.MALFORMED, message);
  }

  static Unreadable unacceptable(String message) {
    return new Unreadable(Kind.UNACCEPTABLE, message);
  }
}
