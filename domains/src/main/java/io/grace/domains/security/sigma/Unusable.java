package io.grace.domains.security.sigma;

/// A rule or a mapping cannot be used; the message says what was found and what was wanted.
public final class Unusable extends Exception {
  private static final long serialVersionUID = 1;

  public Unusable(String message) {
    super(message);
  }
}
