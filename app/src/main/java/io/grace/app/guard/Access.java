package io.grace.app.guard;

import io.grace.app.Role;

/// Who may use a route. *Immutable.*
public sealed interface Access {
  /// Everybody, without a token.
  record Anyone() implements Access {}

  /// Everybody with this role or a higher one.
  record AtLeast(Role role) implements Access {}

  /// Nobody with a token: a source proves itself with the secret that is declared for it.
  record Sources() implements Access {}

  default boolean admits(Role role) {
    return switch (this) {
      case Anyone _ -> true;
      case Sources _ -> false;
      case AtLeast(Role least) -> role.compareTo(least) >= 0;
    };
  }
}
