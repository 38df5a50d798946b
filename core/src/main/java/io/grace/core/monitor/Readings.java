package io.grace.core.monitor;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What was measured lately; a view for the duration of one cycle. *Owned by the loop thread.*
public interface Readings {
  /// The newest values of a metric, newest first, at most `limit`, none older than `since`
  /// (inclusive).
  List<Reading> newest(ServiceId service, MetricId metric, Instant since, int limit);

  /// The same without objects, for what is asked of every service in every cycle.
  ///
  /// @param values takes the newest values, newest first
  /// @return how many there are, at most as many as fit
  default int newest(ServiceId service, MetricId metric, Instant since, double[] values) {
    List<Reading> newest = newest(service, metric, since, values.length);
    for (int i = 0; i < newest.size(); i++) {
      values[i] = newest.get(i).value();
    }
    return newest.size();
  }

  /// Who said the newest value of a metric, and what was asked; empty if nothing was heard.
  default String origin(ServiceId service, MetricId metric) {
    return "";
  }

  /// The metrics ever seen of a service.
  Set<MetricId> metrics(ServiceId service);

  /// When the service was last heard of.
  Optional<Instant> lastHeard(ServiceId service);

  record Reading(double value, Instant at) {}
}
