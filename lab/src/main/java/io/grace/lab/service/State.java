package io.grace.lab.service;

import java.io.IOException;

/// Everything that a running instance works on, in one hand. Each part is thread-safe.
record State(
    ServiceInstance self,
    LabDir dir,
    Flags flags,
    LogLevel level,
    WarmCache cache,
    PaymentsBreaker breaker,
    EffectsLog effects,
    Faults faults,
    Metrics metrics) {

  static State of(ServiceInstance self, LabDir dir) throws IOException {
    ServiceName service = self.service();
    return new State(
        self,
        dir,
        new Flags(dir, service),
        new LogLevel(dir, service),
        new WarmCache(dir),
        new PaymentsBreaker(dir, service),
        new EffectsLog(dir, self),
        new Faults(),
        new Metrics());
  }

  boolean hasBreaker() {
    return self.service() == ServiceName.ORDERS;
  }

  boolean hasCache() {
    return self.service() == ServiceName.CACHE || self.service() == ServiceName.INVENTORY;
  }
}
