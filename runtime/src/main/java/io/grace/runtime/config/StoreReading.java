package io.grace.runtime.config;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.SourceId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A Prometheus-compatible store and what is asked of it. *Immutable.*
///
/// @param token a secret reference, sent as a bearer token
/// @param tenant sent as `X-Scope-OrgID`, for stores that many share
/// @param anyService whether series of services that nobody declared are taken in too: those are
///   observed only
/// @param backfill how much history is asked for at the start
public record StoreReading(
    SourceId id,
    URI url,
    Optional<String> token,
    Optional<String> tenant,
    Duration timeout,
    boolean anyService,
    Duration backfill,
    List<Signal> signals) {
  /// @param service whose metric it is; empty if the label says so
  /// @param serviceLabel names the service of each series
  /// @param step how often it is asked
  /// @param scale what the answer is multiplied by
  public record Signal(
      MetricId metric,
      String query,
      Optional<ServiceId> service,
      String serviceLabel,
      Duration step,
      double scale) {
    public Signal {
      Timing.require(step, step);
    }
  }

  private static final Duration LONGEST_BACKFILL = Duration.ofHours(6);

  public StoreReading {
    signals = List.copyOf(signals);
    if (backfill.isNegative() || backfill.compareTo(LONGEST_BACKFILL) > 0) {
      throw new IllegalArgumentException("backfill must be 0s to 6h: " + Shown.duration(backfill));
    }
    if (!timeout.isPositive() || timeout.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException(
          "timeout must be more than 0 and at most 1m: " + Shown.duration(timeout));
    }
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("url must be http:// or https:// with a host");
    }
  }
}
