package io.grace.app.guard;

import io.grace.app.Role;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// People as the framework knows them.
public final class People {
  private People() {}

  static String authority(Role role) {
    return "ROLE_" + role.name();
  }

  /// Somebody who proved who it is.
  public static Authentication person(String name, Role role) {
    return UsernamePasswordAuthenticationToken.authenticated(
        name,
        "",
        role.included().stream().map(r -> new SimpleGrantedAuthority(authority(r))).toList());
  }

  /// The highest role; empty for whoever did not sign in.
  public static Optional<Role> role(Authentication person) {
    return Arrays.stream(Role.values())
        .filter(role ->
            person.getAuthorities().stream()
                .anyMatch(a -> authority(role).equals(a.getAuthority())))
        .max(Comparator.naturalOrder());
  }
}
