package io.grace.lab.episode;

import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;

/// A fault that builds up slowly enough to be foreseen. What it breaks, and how it looks there.
enum SlowFault {
  /// Memory that nobody frees, under the saw teeth of a collector.
  LEAK("app", "memory_ratio", 0.85),
  /// A disk that fills, with a log rotated now and then.
  DISK("host", "disk_used_ratio", 0.9),
  /// A queue whose oldest message grows older, since more comes in than is done.
  QUEUE("worker", "queue_age_s", 300);

  private final ServiceId service;
  private final MetricId metric;
  private final double threshold;

  SlowFault(String service, String metric, double threshold) {
    this.service = new ServiceId(service);
    this.metric = new MetricId(metric);
    this.threshold = threshold;
  }

  ServiceId service() {
    return service;
  }

  MetricId metric() {
    return metric;
  }

  /// From here on the service is degraded.
  double threshold() {
    return threshold;
  }
}
