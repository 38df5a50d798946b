package io.grace.lab.service;

import java.util.Arrays;
import java.util.Locale;

/// One of the five services of the lab.
public enum ServiceName {
  GATEWAY,
  ORDERS,
  INVENTORY,
  PAYMENTS,
  CACHE;

  /// The name as commands, files and metrics write it.
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException when no service has this name
  public static ServiceName of(String id) {
    for (ServiceName name : values()) {
      if (name.id().equals(id)) {
        return name;
      }
    }
    throw new IllegalArgumentException(
        "service must be one of " + Arrays.toString(values()).toLowerCase(Locale.ROOT) + ": " + id);
  }
}
