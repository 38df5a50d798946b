package io.grace.app.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/// Says why a request was denied; whoever has no token learns no more than that one is needed.
final class Denials
    implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    Problem.unauthorized("a token is needed: 'Authorization: Bearer …'").write(response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    List<Route> routes = Routes.at(request.getRequestURI());
    if (routes.isEmpty()) {
      Problem.notFound("there is no such path; /v3/api-docs lists them all").write(response);
      return;
    }
    for (Route route : routes) {
      if (route.method().matches(request.getMethod())) {
        Problem.forbidden(
                route.access() instanceof Access.AtLeast(var role)
                    ? "the role '" + role + "' is needed"
                    : "not for this token")
            .write(response);
        return;
      }
    }
    String allowed = String.join(", ", routes.stream().map(r -> r.method().name()).toList());
    response.setHeader(HttpHeaders.ALLOW, allowed);
    new Problem(
            405, "method-not-allowed", "Method not allowed", "this path knows " + allowed + " only")
        .write(response);
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
      throws IOException {
    Problem.badRequest("malformed-request", "the path or a header has characters that are refused")
        .write(response);
  }
}
