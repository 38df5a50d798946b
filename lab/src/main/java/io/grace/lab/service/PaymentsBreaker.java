package io.grace.lab.service;

import java.io.IOException;
import java.util.Optional;

/// The breaker of orders towards payments, together with the file that keeps it stuck over
/// restarts. Thread-safe.
final class PaymentsBreaker {
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final SharedFile<Boolean> stuck;

  PaymentsBreaker(LabDir dir, ServiceName owner) {
    stuck = new SharedFile<>(dir.breaker(owner), Optional::isPresent);
  }

  /// The breaker as it is now: another instance may have stuck it or reset it meanwhile.
  CircuitBreaker current() {
    boolean shouldStick = stuck.value();
    boolean sticks = breaker.state() instanceof CircuitBreaker.Stuck;
    if (shouldStick && !sticks) {
      breaker.loseTimer();
    } else if (sticks && !shouldStick) {
      breaker.reset();
    }
    return breaker;
  }

  boolean isOpen() {
    return !(current().state() instanceof CircuitBreaker.Closed);
  }

  void stick() throws IOException {
    stuck.write(ServiceName.PAYMENTS.id() + "\n");
    breaker.loseTimer();
  }

  void trip() {
    current().trip(System.nanoTime());
  }

  void reset() throws IOException {
    stuck.delete();
    breaker.reset();
  }
}
