package io.grace.domains.knowledge.reading;

/// A file holds no text that could be had. It stays so until the file changes; the message says
/// why.
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  public Unreadable(String message) {
    super(message);
  }

  Unreadable(String message, Throwable cause) {
    super(message, cause);
  }
}
