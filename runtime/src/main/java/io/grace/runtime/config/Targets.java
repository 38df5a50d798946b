package io.grace.runtime.config;

import io.grace.runtime.config.ProbeConfig.TcpTarget;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Reads where services listen. Relative paths are resolved against the directory of the file.
final class Targets {
  private static final String LOOPBACK = "127.0.0.1";

  private final Path base;

  Targets(Path base) {
    this.base = base;
  }

  Optional<Path> path(Cursor cursor, String fallback) {
    return cursor.make(() -> base.resolve(Path.of(cursor.text(fallback))).normalize());
  }

  Optional<TargetsConfig> read(Cursor cursor) {
    var urls = cursor.at("urls");
    var registry = cursor.at("registry");
    if (urls.isThere() == registry.isThere()) {
      cursor.problem("needs exactly one of urls, registry");
      return Optional.empty();
    }
    if (registry.isThere()) {
      return registry(cursor).map(found -> found);
    }
    if (cursor.at("host").isThere()) {
      cursor.at("host").problem("goes with registry only");
    }
    return Optional.of(new TargetsConfig.Urls(urls.list(Targets::url)));
  }

  private Optional<TargetsConfig.Registry> registry(Cursor cursor) {
    return path(cursor.at("registry"), "")
        .map(path -> new TargetsConfig.Registry(path, cursor.at("host").text(LOOPBACK)));
  }

  Optional<TcpTarget> tcp(Cursor cursor) {
    boolean hasPort = cursor.at("port").isThere();
    if (hasPort == cursor.at("registry").isThere()) {
      cursor.problem("needs exactly one of port, registry");
      return Optional.empty();
    }
    return hasPort
        ? Optional.of(
            new TcpTarget.Address(cursor.at("host").text(LOOPBACK), cursor.at("port").whole(0)))
        : registry(cursor).map(TcpTarget.Registered::new);
  }

  private static Optional<URI> url(Cursor cursor) {
    return cursor.make(() -> {
      var text = cursor.text("");
      try {
        var url = new URI(text);
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (isHttp && url.getHost() != null && url.getUserInfo() == null) {
          return url;
        }
      } catch (java.net.URISyntaxException _) {
        // Said below.
      }
      throw new IllegalArgumentException(
          "must be an http or https URL with a host and without user and password");
    });
  }
}
