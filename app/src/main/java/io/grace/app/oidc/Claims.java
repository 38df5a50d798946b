package io.grace.app.oidc;

import io.grace.app.Role;
import io.grace.core.model.Person;
import io.grace.runtime.config.OidcConfig;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who somebody is and may be, by what the provider claims. *Immutable.*
record Claims(Map<String, Object> all, OidcConfig config) {
  /// As tokens are named, so that one line of the journal is one name; room for the prefix.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._@+-]{1,100}");

  /// Names are shown, so not without end.
  private static final int MOST_SHOWN = 50;

  /// As the journal has it; empty if there is none that it could have.
  Optional<String> name() {
    return at(config.nameClaim()) instanceof String name && NAME.matcher(name).matches()
        ? Optional.of(Person.BY_PROVIDER + name)
        : Optional.empty();
  }

  /// The highest that the groups give; empty if none gives any.
  Optional<Role> role() {
    return groups()
        .flatMap(group -> Stream.ofNullable(config.roles().get(group)))
        .map(role -> Role.valueOf(role.name()))
        .max(Role::compareTo);
  }

  /// One group as a text, or a list of them; whatever else is there gives nothing.
  private Stream<String> groups() {
    return switch (at(config.rolesClaim())) {
      case String one -> Stream.of(one);
      case Collection<?> many ->
          many.stream().filter(String.class::isInstance).map(String.class::cast);
      case null, default -> Stream.empty();
    };
  }

  /// Names only: values may be private.
  List<String> names() {
    return new TreeSet<>(all.keySet())
        .stream().limit(MOST_SHOWN).map(n -> n.substring(0, Math.min(100, n.length()))).toList();
  }

  /// Whether a claim is there; `realm_access.roles` is `roles` in `realm_access`, unless there is
  /// one with that whole name.
  static boolean has(Map<String, Object> claims, String name) {
    return at(claims, name) != null;
  }

  private @Nullable Object at(String name) {
    return at(all, name);
  }

  private static @Nullable Object at(Map<?, ?> claims, String name) {
    Object whole = claims.get(name);
    int dot = name.indexOf('.');
    if (whole != null || dot < 0) {
      return whole;
    }
    return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
        ? at(inner, name.substring(dot + 1))
        : null;
  }
}
