package io.grace.runtime.config;

import java.nio.file.Path;

/// Where the journal is kept. *Immutable.*
public sealed interface StoreConfig {
  record Sqlite(Path file) implements StoreConfig {}

  /// @param url without user and password
  /// @param password a reference, such as `env:GRACE_DB_PASSWORD`
  record Postgresql(String url, String user, String password) implements StoreConfig {}
}
