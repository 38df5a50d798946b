package io.grace.lab.demo;

import io.grace.lab.service.ServiceName;
import java.util.List;

/// One fault of the demonstration.
///
/// @param service where it is put in
/// @param fault its name in the lab
/// @param sick the service whose incident it becomes
/// @param story what happens, for people
record Scenario(ServiceName service, String fault, ServiceName sick, String story) {
  /// In an order that lets each be seen alone. The last has a wrong first choice.
  static final List<Scenario> ALL =
      List.of(
          new Scenario(ServiceName.INVENTORY, "crash", ServiceName.INVENTORY, "its process dies"),
          new Scenario(
              ServiceName.ORDERS, "bad-flag", ServiceName.ORDERS, "a feature flag breaks requests"),
          new Scenario(
              ServiceName.ORDERS, "breaker", ServiceName.ORDERS, "its breaker sticks open"),
          new Scenario(
              ServiceName.PAYMENTS, "hang", ServiceName.PAYMENTS, "it accepts and never answers"),
          new Scenario(
              ServiceName.CACHE, "cold-cache", ServiceName.INVENTORY, "its cache is emptied"));
}
