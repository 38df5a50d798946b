package io.grace.app.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses what a web page sent through a name that it pointed at this machine (DNS rebinding).
/// Only where GRACE listens on the loopback interface; elsewhere its names are not known.
final class HostFilter extends OncePerRequestFilter {
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

  private final Set<String> own;

  /// @param own names by which people come through a proxy on this machine, with their ports
  HostFilter(Set<String> own) {
    this.own = Set.copyOf(own);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String host = request.getHeader(HttpHeaders.HOST);
    if (host != null && isOwn(host.toLowerCase(Locale.ROOT))) {
      chain.doFilter(request, response);
    } else {
      new Problem(
              421,
              "wrong-host",
              "Wrong host",
              "GRACE listens on loopback only; the Host must be localhost, 127.0.0.1 or [::1]")
          .write(response);
    }
  }

  private boolean isOwn(String host) {
    return LOOPBACK.matcher(host).matches() || own.contains(host);
  }
}
