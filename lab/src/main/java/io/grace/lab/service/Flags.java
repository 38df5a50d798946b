package io.grace.lab.service;

import java.io.IOException;
import java.util.Optional;

/// The feature flags of a service; they outlive its processes. Thread-safe.
final class Flags {
  /// The one flag there is. A second wants a list here and in the metrics.
  static final String NEW_PRICING = "new_pricing";

  private final SharedFile<Boolean> newPricing;

  Flags(LabDir dir, ServiceName service) {
    newPricing = new SharedFile<>(dir.flags(service), Flags::parse);
  }

  boolean newPricing() {
    return newPricing.value();
  }

  void setNewPricing(boolean state) throws IOException {
    newPricing.write(NEW_PRICING + "=" + state + "\n");
  }

  private static boolean parse(Optional<String> content) {
    return content.orElse("").lines().anyMatch((NEW_PRICING + "=true")::equals);
  }
}
