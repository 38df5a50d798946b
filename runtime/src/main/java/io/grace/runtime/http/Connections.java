package io.grace.runtime.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The connections to outside systems, by name. *Thread-safe.*
public final class Connections {
  /// A connection as people see it. *Immutable* but for the breaker.
  ///
  /// @param name such as `store main`
  /// @param address without credentials
  /// @param credential the reference of the secret that it is used with
  public record Connection(
      String name, String address, Optional<String> credential, Breaker breaker) {}

  private final Map<String, Connection> byName = new ConcurrentSkipListMap<>();

  /// Adds one; a later one of the same name replaces it.
  public void add(Connection connection) {
    byName.put(connection.name(), connection);
  }

  /// In the order of their names.
  public List<Connection> all() {
    return List.copyOf(byName.values());
  }
}
