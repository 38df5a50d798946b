package io.grace.app.guard;

import io.grace.app.guard.TokenDoor.Answer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/// Turns a bearer token (RFC 6750) into the person who holds it. No token is no person; a wrong one
/// ends the request.
final class TokenFilter extends OncePerRequestFilter {
  private static final String SCHEME = "Bearer ";

  private final TokenDoor door;

  TokenFilter(TokenDoor door) {
    this.door = door;
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
    String token =
        header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? header.substring(SCHEME.length()).strip()
            : "";
    switch (door.open(token, request.getRemoteAddr())) {
      case Answer.Welcome(var person) -> {
        try {
          SecurityContextHolder.setContext(new SecurityContextImpl(person));
          chain.doFilter(request, response);
        } finally {
          SecurityContextHolder.clearContext();
        }
      }
      case Answer.Wrong() -> {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        Problem.unauthorized("wanted 'Authorization: Bearer' with a token from grace.yaml")
            .write(response);
      }
      case Answer.TooOften(Duration wait) -> {
        long seconds = wait.toSeconds() + 1;
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
      }
    }
  }
}
