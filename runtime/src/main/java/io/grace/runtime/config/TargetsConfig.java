package io.grace.runtime.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// Where the instances of a service listen. *Immutable.*
public sealed interface TargetsConfig {
  /// Fixed base URLs.
  record Urls(List<URI> urls) implements TargetsConfig {
    public Urls {
      urls = List.copyOf(urls);
    }
  }

  /// A directory whose files `<service>-<number>` each hold the port of one instance, on `host`.
  record Registry(Path directory, String host) implements TargetsConfig {}
}
