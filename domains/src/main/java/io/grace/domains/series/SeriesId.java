package io.grace.domains.series;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.util.Comparator;

/// One metric of one service, written `orders/latency_ms`. *Immutable.*
public record SeriesId(ServiceId service, MetricId metric) implements Comparable<SeriesId> {
  private static final Comparator<SeriesId> ORDER =
      Comparator.comparing(SeriesId::service).thenComparing(SeriesId::metric);

  /// Reads what [#toString()] writes.
  ///
  /// @throws IllegalArgumentException if it is not a service, a slash and a metric
  public static SeriesId parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("wanted SERVICE/METRIC: " + text);
    }
    return new SeriesId(
        new ServiceId(text.substring(0, slash)), new MetricId(text.substring(slash + 1)));
  }

  @Override
  public int compareTo(SeriesId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return service + "/" + metric;
  }
}
