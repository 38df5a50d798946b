package io.grace.cli.client;

import io.grace.cli.host.Failure;
import io.grace.cli.host.Host;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/// Where GRACE listens. *Immutable.*
record Address(URI base) {
  private static final String USUAL = "http://127.0.0.1:8080";
  private static final Set<String> HERE = Set.of("127.0.0.1", "localhost", "[::1]");

  static Address of(Host host) throws Failure {
    String text = host.setting("GRACE_URL").orElse(USUAL);
    try {
      var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (isWeb
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return new Address(uri);
      }
    } catch (URISyntaxException _) {
      // Told below, without the text: it may hold a password.
    }
    throw new Failure(
        Failure.Kind.USAGE,
        "GRACE_URL is not an address: wanted http(s)://host[:port][/path] without user or query",
        "for example GRACE_URL=https://grace.example.org");
  }

  URI of(Query query) {
    return URI.create(base + query.path());
  }

  /// Whether others on the network could read along.
  boolean isOpen() {
    return "http".equals(base.getScheme()) && !HERE.contains(base.getHost());
  }
}
