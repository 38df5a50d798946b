package io.grace.lab.service;

/// One running copy of a service. Immutable.
///
/// @param number 1 to 99
public record ServiceInstance(ServiceName service, int number) {
  public ServiceInstance {
    if (number < 1 || number > 99) {
      throw new IllegalArgumentException("instance must be in 1..99: " + number);
    }
  }

  /// The form that names files and lines: `orders-1`.
  public String id() {
    return service.id() + "-" + number;
  }
}
