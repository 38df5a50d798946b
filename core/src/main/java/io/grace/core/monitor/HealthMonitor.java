package io.grace.core.monitor;

import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/// Judges a service by the median of the newest samples of each metric.
///
/// The median of three needs two bad samples once there is a history, so one outlier changes
/// nothing, and the very first bad sample counts where there is none.
///
/// @param metrics those that say something about health
/// @param staleAfter a metric not heard of for longer says nothing
public record HealthMonitor(Map<MetricId, Metric> metrics, Duration staleAfter) {
  /// Samples older than this never count.
  static final Duration WINDOW = Duration.ofMinutes(10);

  private static final int SAMPLES = 3;
  private static final int MOST_SYMPTOMS = 5;

  public HealthMonitor {
    metrics = Map.copyOf(metrics);
  }

  public Health assess(ServiceId service, Readings readings, Instant now) {
    Duration reach = staleAfter.compareTo(WINDOW) < 0 ? staleAfter : WINDOW;
    Instant since = now.minus(reach);
    var symptoms = new ArrayList<Symptom>();
    double sickAgreement = 1;
    double healthyAgreement = 1;
    int fresh = 0;
    int known = 0;
    boolean critical = false;
    double[] newest = new double[SAMPLES];
    for (MetricId id : readings.metrics(service)) {
      Metric metric = metrics.get(id);
      if (metric == null) {
        continue;
      }
      known++;
      int count = readings.newest(service, id, since, newest);
      if (count == 0) {
        continue;
      }
      fresh++;
      double value = median(newest, count);
      if (metric.isDegraded(value)) {
        boolean bad = metric.isCritical(value);
        critical |= bad;
        symptoms.add(
            new Symptom(
                id, value, bad ? metric.critical() : metric.degraded(), metric.excess(value)));
        sickAgreement = Math.min(sickAgreement, share(newest, count, metric, true));
      } else {
        healthyAgreement = Math.min(healthyAgreement, share(newest, count, metric, false));
      }
    }
    if (fresh == 0) {
      return Health.UNKNOWN;
    }
    // What speaks for a sick service are its symptoms alone, whichever metric is looked at first.
    double agreement = symptoms.isEmpty() ? healthyAgreement : sickAgreement;
    symptoms.sort(
        Comparator.comparingDouble(Symptom::strength).reversed().thenComparing(Symptom::metric));
    Status status =
        critical ? Status.CRITICAL : symptoms.isEmpty() ? Status.HEALTHY : Status.DEGRADED;
    return new Health(
        status,
        confidence(agreement, (double) fresh / known),
        symptoms.subList(0, Math.min(MOST_SYMPTOMS, symptoms.size())));
  }

  /// Samples that agree with the verdict weigh most; metrics that fell silent take a little away.
  private static double confidence(double agreement, double coverage) {
    return agreement * (0.8 + 0.2 * coverage);
  }

  private static double share(double[] values, int count, Metric metric, boolean degraded) {
    int agreeing = 0;
    for (int i = 0; i < count; i++) {
      if (metric.isDegraded(values[i]) == degraded) {
        agreeing++;
      }
    }
    return (double) agreeing / count;
  }

  /// Puts the values in order.
  private static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    int middle = count / 2;
    return count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
