package io.grace.runtime.prometheus;

import io.grace.core.model.MetricId;
import io.grace.core.model.Signal;
import io.grace.core.model.SourceId;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Whether the store answers at all: a source that dies is as sick as any service. *Thread-safe.*
final class StoreHeartbeat implements TelemetrySource {
  private static final MetricId UP = new MetricId("up");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final String QUERY = "vector(1)";

  private final SourceId store;
  private final StoreApi api;

  StoreHeartbeat(SourceId store, StoreApi api) {
    this.store = store;
    this.api = api;
  }

  @Override
  public String name() {
    return "heartbeat of store " + store;
  }

  @Override
  public Duration interval() {
    return INTERVAL;
  }

  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    double up;
    try {
      up = api.instant(QUERY, now).rows().isEmpty() ? 0 : 1;
    } catch (StoreApi.Unavailable | StoreAnswer.Refused _) {
      up = 0;
    }
    return List.of(new Signal(store.node(), UP, up, now, "promql " + store + ": " + QUERY));
  }
}
