package io.grace.app.guard;

import io.grace.domains.security.Quarantine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns away who is isolated: by the address that a request comes from, and by the name of the
/// token or session that it is made with.
final class QuarantineFilter extends OncePerRequestFilter {
  private final Supplier<Optional<Quarantine>> quarantine;

  /// @param quarantine empty if the team does not want the domain
  QuarantineFilter(Supplier<Optional<Quarantine>> quarantine) {
    this.quarantine = quarantine;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<Quarantine> isolated = quarantine.get();
    if (isolated.isPresent() && isTurnedAway(isolated.get(), request.getRemoteAddr())) {
      new Problem(
              403,
              "quarantined",
              "In quarantine",
              "this caller or token is isolated; whoever runs GRACE sees why in its incidents, and"
                  + " rollback_permissions lets it in again")
          .write(response);
      return;
    }
    chain.doFilter(request, response);
  }

  private static boolean isTurnedAway(Quarantine isolated, String address) {
    Authentication person = SecurityContextHolder.getContext().getAuthentication();
    return isolated.isBlocked(address) || (person != null && isolated.isRevoked(person.getName()));
  }
}
