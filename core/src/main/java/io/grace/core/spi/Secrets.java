package io.grace.core.spi;

import java.util.Optional;

/// Resolves a reference such as `env:PAGER_TOKEN` or `file:/run/secrets/pager` at the moment of
/// use. *Thread-safe.*
public interface Secrets {
  /// The secret, or empty if there is none by this reference.
  Optional<Secret> resolve(String reference);

  /// A secret's characters; it never shows itself.
  record Secret(String reveal) {
    @Override
    public String toString() {
      return "Secret[…]";
    }
  }
}
