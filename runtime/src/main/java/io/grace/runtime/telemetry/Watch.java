package io.grace.runtime.telemetry;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Signal;
import java.time.Duration;
import java.time.Instant;

/// Which service a source looks at, how often, and how long it waits for an answer. *Immutable.*
///
/// @param name the source's name, unique in one GRACE
/// @param timeout at most the interval
public record Watch(String name, ServiceId service, Duration interval, Duration timeout) {
  public Watch {
    if (!timeout.isPositive() || timeout.compareTo(interval) > 0) {
      throw new IllegalArgumentException(
          name + ": timeout must be more than 0 and at most the interval: " + timeout);
    }
  }

  Signal signal(String metric, double value, Instant at) {
    return signal(new MetricId(metric), value, at);
  }

  Signal signal(MetricId metric, double value, Instant at) {
    return new Signal(service, metric, value, at, name);
  }
}
