package io.grace.runtime.config;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.List;

/// A Prometheus endpoint and what is derived from it. *Immutable.*
public record ScrapeConfig(
    ServiceId service,
    TargetsConfig targets,
    String path,
    Duration interval,
    Duration timeout,
    List<Derivation> derivations) {
  public ScrapeConfig {
    derivations = List.copyOf(derivations);
    Timing.require(interval, timeout);
  }

  /// How a metric comes out of series; `scale` multiplies the result (1000: seconds to ms).
  public sealed interface Derivation {
    MetricId metric();

    double scale();

    /// The value as it is.
    record Gauge(MetricId metric, Selector series, double scale) implements Derivation {}

    /// The increase of one counter divided by that of another.
    record Ratio(MetricId metric, Selector part, Selector whole, double scale)
        implements Derivation {}

    /// Of what a histogram counted since the last scrape.
    ///
    /// @param quantile in (0, 1)
    record Quantile(MetricId metric, Selector histogram, double quantile, double scale)
        implements Derivation {}

    /// The increase of a counter per second.
    record Rate(MetricId metric, Selector counter, double scale) implements Derivation {}
  }
}
