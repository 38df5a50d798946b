package io.grace.app.guard;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// A group that is switched off is not there.
final class FeatureFilter extends OncePerRequestFilter {
  private final Map<String, Boolean> features;

  FeatureFilter(Map<String, Boolean> features) {
    this.features = Map.copyOf(features);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<String> off =
        Routes.of(request.getMethod(), request.getRequestURI())
            .flatMap(Route::feature)
            .filter(feature -> !features.getOrDefault(feature, true));
    if (off.isPresent()) {
      Problem.notFound("the feature '" + off.get() + "' is switched off in grace.yaml")
          .write(response);
    } else {
      chain.doFilter(request, response);
    }
  }
}
