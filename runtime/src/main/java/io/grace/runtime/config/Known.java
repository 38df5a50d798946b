package io.grace.runtime.config;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The names that may be referred to. *Immutable.*
///
/// @param metrics declared ones and those that something measures
record Known(Set<ServiceId> services, Set<MetricId> metrics) {
  Known {
    services = Set.copyOf(services);
    metrics = Set.copyOf(metrics);
  }

  /// The service that is named here; naming one that is not declared is a problem.
  Optional<ServiceId> service(Cursor cursor) {
    return cursor.text().flatMap(name -> service(cursor, name));
  }

  Optional<ServiceId> service(Cursor cursor, String name) {
    var service = cursor.make(() -> new ServiceId(name));
    if (service.isPresent() && !services.contains(service.get())) {
      cursor.problem("unknown service " + named(name, services));
      return Optional.empty();
    }
    return service;
  }

  boolean requireMetric(Cursor cursor, MetricId metric) {
    boolean isKnown = metrics.contains(metric);
    if (!isKnown) {
      cursor.problem("unknown metric " + named(metric.value(), metrics));
    }
    return isKnown;
  }

  static String named(String name, Collection<?> known) {
    List<String> names = known.stream().map(Object::toString).collect(Collectors.toList());
    return Shown.text(name) + Nearest.hint(name, names);
  }
}
