package io.grace.runtime.config;

import java.util.List;

/// What is asked of Prometheus-compatible stores. *Immutable.*
public record StoresConfig(
    List<StoreReading> stores, List<SloConfig> slos, List<CallsConfig> calls) {
  public StoresConfig {
    stores = List.copyOf(stores);
    slos = List.copyOf(slos);
    calls = List.copyOf(calls);
  }
}
