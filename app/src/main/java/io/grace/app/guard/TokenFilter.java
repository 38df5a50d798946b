package io.grace.app.guard;

import io.grace.app.Backend.ApiToken;
import io.grace.app.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns a bearer token (RFC 6750) into the person who holds it. No token is no person; a wrong one
/// ends the request.
final class TokenFilter extends OncePerRequestFilter {
  private static final Logger LOG = LoggerFactory.getLogger(TokenFilter.class);
  private static final String SCHEME = "Bearer ";

  private final Tokens tokens;
  private final Failures failures;

  TokenFilter(Tokens tokens, Failures failures) {
    this.tokens = tokens;
    this.failures = failures;
  }

  static String authority(Role role) {
    return "ROLE_" + role.name();
  }

  /// A source's secret is no token, and is not taken for a wrong one.
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Routes.of(request.getMethod(), request.getRequestURI())
        .map(route -> route.access() instanceof Access.Sources)
        .orElse(false);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null) {
      chain.doFilter(request, response);
      return;
    }
    Optional<ApiToken> holder =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? tokens.holder(header.substring(SCHEME.length()).strip())
            : Optional.empty();
    if (holder.isEmpty()) {
      refuse(request, response);
      return;
    }
    try {
      SecurityContextHolder.setContext(new SecurityContextImpl(person(holder.get())));
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private static UsernamePasswordAuthenticationToken person(ApiToken token) {
    return UsernamePasswordAuthenticationToken.authenticated(
        token.name(),
        "",
        token.role().included().stream()
            .map(role -> new SimpleGrantedAuthority(authority(role)))
            .toList());
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Duration> wait = failures.add(request.getRemoteAddr());
    if (wait.isPresent()) {
      long seconds = wait.get().toSeconds() + 1;
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
      new Problem(
              429,
              "too-many-failures",
              "Too many failed attempts",
              "more than "
                  + Failures.MOST
                  + " wrong tokens within a minute; wait "
                  + seconds
                  + " s or use a right one")
          .write(response);
      return;
    }
    LOG.atWarn().addKeyValue("address", request.getRemoteAddr()).log("wrong API token");
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
    Problem.unauthorized("wanted 'Authorization: Bearer' with a token from grace.yaml")
        .write(response);
  }
}
