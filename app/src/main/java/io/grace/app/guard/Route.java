package io.grace.app.guard;

import java.util.Optional;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/// One method and path of the API, who may use it, and the group it is switched off with.
/// *Immutable.*
///
/// @param feature empty for what cannot be switched off
public record Route(HttpMethod method, PathPattern path, Access access, Optional<String> feature) {
  Route(HttpMethod method, String pattern, Access access, Optional<String> feature) {
    this(method, PathPatternParser.defaultInstance.parse(pattern), access, feature);
  }

  public String pattern() {
    return path.getPatternString();
  }

  boolean matches(PathContainer wanted) {
    return path.matches(wanted);
  }

  @Override
  public String toString() {
    return method + " " + pattern();
  }
}
