package io.grace.lab.service;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/// The business of a service: what `/work` does for an item. Thread-safe.
final class Work {
  /// Says where inventory's answer of the cache came from.
  static final String CACHE_HEADER = "X-Cache";

  private static final String HIT = "hit";
  private static final String MISS = "miss";

  /// A dependency did not do its part; the message names it.
  static final class DependencyFailed extends Exception {
    private static final long serialVersionUID = 1;

    /// 502, or 503 when the dependency was not even called.
    private final int status;

    DependencyFailed(int status, String message) {
      super(message, null, false, false);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  private final ServiceName self;
  private final Flags flags;
  private final WarmCache cache;
  private final PaymentsBreaker breaker;
  private final Metrics metrics;
  private final Map<ServiceName, Caller> callers = new EnumMap<>(ServiceName.class);

  Work(State state) {
    this.self = state.self().service();
    this.flags = state.flags();
    this.cache = state.cache();
    this.breaker = state.breaker();
    this.metrics = state.metrics();
    for (ServiceName target : dependencies(self)) {
      callers.put(target, new Caller(target, state.dir(), Caller.HOP));
    }
  }

  private static ServiceName[] dependencies(ServiceName of) {
    return switch (of) {
      case GATEWAY -> new ServiceName[] {ServiceName.ORDERS};
      case ORDERS -> new ServiceName[] {ServiceName.INVENTORY, ServiceName.PAYMENTS};
      case INVENTORY -> new ServiceName[] {ServiceName.CACHE};
      case PAYMENTS, CACHE -> new ServiceName[0];
    };
  }

  Reply answer(int item) throws DependencyFailed, InterruptedException {
    int price = flags.newPricing() ? Pricing.renewed(item) : Pricing.current(item);
    return switch (self) {
      case GATEWAY -> Reply.text(200, call(ServiceName.ORDERS, item).body().strip());
      case ORDERS -> order(item, price);
      case INVENTORY -> stock(item);
      case PAYMENTS -> Reply.text(200, "paid " + price);
      case CACHE -> lookup(item);
    };
  }

  private Reply order(int item, int price) throws DependencyFailed, InterruptedException {
    // Asked before inventory is: an order that cannot be paid should cost nobody anything.
    if (breaker.current().refuses(System.nanoTime())) {
      throw refused();
    }
    String stock = call(ServiceName.INVENTORY, item).body().strip();
    String paid = pay(item);
    return Reply.text(200, "item " + item + " price " + price + " stock " + stock + " " + paid);
  }

  private String pay(int item) throws DependencyFailed, InterruptedException {
    CircuitBreaker guard = breaker.current();
    if (!guard.admits(System.nanoTime())) {
      throw refused();
    }
    boolean paid = false;
    try {
      String answer = call(ServiceName.PAYMENTS, item).body().strip();
      paid = true;
      return answer;
    } finally {
      if (paid) {
        guard.succeeded();
      } else {
        guard.failed(System.nanoTime());
      }
    }
  }

  private static DependencyFailed refused() {
    return new DependencyFailed(503, "the circuit breaker towards payments is open");
  }

  private Reply stock(int item) throws DependencyFailed, InterruptedException {
    HttpResponse<String> cached = call(ServiceName.CACHE, item);
    boolean hit = cached.headers().firstValue(CACHE_HEADER).orElse(MISS).equals(HIT);
    metrics.lookedUp(hit);
    // The result is not put into the cache: filling it is the warming job's work.
    return Reply.text(200, hit ? cached.body().strip() : Long.toString(Stock.fromWarehouse(item)));
  }

  private Reply lookup(int item) {
    OptionalLong found = cache.lookup(item);
    metrics.lookedUp(found.isPresent());
    return found.isPresent()
        ? Reply.text(200, Long.toString(found.getAsLong())).with(CACHE_HEADER, HIT)
        : Reply.text(200, MISS).with(CACHE_HEADER, MISS);
  }

  private HttpResponse<String> call(ServiceName target, int item)
      throws DependencyFailed, InterruptedException {
    Caller caller = callers.get(target);
    if (caller == null) {
      throw new IllegalStateException(self.id() + " does not depend on " + target.id());
    }
    try {
      HttpResponse<String> answer = caller.work(item);
      if (answer.statusCode() == 200) {
        return answer;
      }
      throw new DependencyFailed(
          502, target.id() + " answered " + answer.statusCode() + ": " + answer.body().strip());
    } catch (IOException e) {
      throw new DependencyFailed(502, target.id() + " failed: " + e.getMessage());
    }
  }
}
