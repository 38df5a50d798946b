package io.grace.runtime.domain;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/// The kinds of domains that are in the class path.
public final class DomainKinds {
  private DomainKinds() {}

  /// By name.
  ///
  /// @throws IllegalStateException if two have the same name
  public static Map<String, DomainKind> all() {
    var kinds = new TreeMap<String, DomainKind>();
    for (DomainKind kind : ServiceLoader.load(DomainKind.class)) {
      if (kinds.putIfAbsent(kind.name(), kind) != null) {
        throw new IllegalStateException("two domains are called " + kind.name());
      }
    }
    return kinds;
  }
}
