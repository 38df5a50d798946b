package io.grace.domains;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import io.grace.core.spi.TelemetrySource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Measures the nodes of a domain. *Thread-safe* if its gauge is.
///
/// @param name unique in one GRACE
public record Eye(String name, Duration interval, Gauge gauge) implements TelemetrySource {
  /// What is measured now.
  @FunctionalInterface
  public interface Gauge {
    List<Measured> read(Instant now) throws InterruptedException;
  }

  /// @param node which node it is about
  /// @param value finite, in the unit of the metric
  public record Measured(ServiceId node, String metric, double value) {}

  @Override
  public List<Signal> collect(Instant now) throws InterruptedException {
    return gauge.read(now).stream()
        .map(m -> new Signal(m.node(), new MetricId(m.metric()), m.value(), now, name))
        .toList();
  }
}
