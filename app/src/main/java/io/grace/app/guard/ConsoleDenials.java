package io.grace.app.guard;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;

/// Sends people who did not sign in to where they can, and shows the others why not.
public final class ConsoleDenials implements AuthenticationEntryPoint, AccessDeniedHandler {
  /// Draws a problem as a page.
  public interface Page {
    void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
        throws IOException;
  }

  private final Page page;

  public ConsoleDenials(Page page) {
    this.page = page;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    if (request.getRequestURI().equals("/live")) {
      response.setStatus(401); // Nobody reads a page there.
      return;
    }
    String query = request.getQueryString();
    String wanted = request.getRequestURI() + (query == null ? "" : "?" + query);
    response.setStatus(303);
    response.setHeader(
        HttpHeaders.LOCATION,
        request.getMethod().equals("GET") && !wanted.equals("/")
            ? "/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
            : "/sign-in");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException {
    page.write(problem(request, e), request, response);
  }

  private static Problem problem(HttpServletRequest request, AccessDeniedException e) {
    if (e instanceof CsrfException) {
      return Problem.forbidden(
          "the form is older than your session; go back, load the page again, and send it anew");
    }
    List<Route> routes = Routes.at(request.getRequestURI());
    if (routes.isEmpty()) {
      return Problem.notFound("there is no such page");
    }
    for (Route route : routes) {
      if (route.method().matches(request.getMethod())
          && route.access() instanceof Access.AtLeast(var role)) {
        return Problem.forbidden("the role '" + role + "' is needed for this");
      }
    }
    return new Problem(405, "method-not-allowed", "Not like this", "this page is only read");
  }
}
