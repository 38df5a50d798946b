package io.grace.core.monitor;

import io.grace.core.model.Alert;
import io.grace.core.model.Foreseen;
import io.grace.core.model.Health;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Metric;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Severity;
import io.grace.core.model.Symptom;
import io.grace.core.state.AlertState;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Judges a service by the median of the newest samples of each metric.
///
/// The median of three needs two bad samples once there is a history, so one outlier changes
/// nothing, and the very first bad sample counts where there is none.
///
/// What is only foreseen makes it degraded at worst.
///
/// An alert that is on is a symptom as it is, for its source looked more than once before it spoke;
/// unless the source is dead, and then it says nothing.
///
/// @param metrics those that say something about health
/// @param staleAfter a metric not heard of for longer says nothing
public record HealthMonitor(Map<MetricId, Metric> metrics, Duration staleAfter) {
  /// Samples older than this never count.
  static final Duration WINDOW = Duration.ofMinutes(10);

  /// The confidence in a service that nothing measures and whose last alert is over.
  private static final double OVER = 0.8;

  private static final int SAMPLES = 3;
  private static final int MOST_SYMPTOMS = 5;

  public HealthMonitor {
    metrics = Map.copyOf(metrics);
  }

  public Health assess(ServiceId service, Readings readings, Snapshot snapshot, Instant now) {
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
        boolean bad = metric.isCritical(value) && !Foreseen.is(id);
        critical |= bad;
        symptoms.add(
            new Symptom(
                id,
                value,
                bad ? metric.critical() : metric.degraded(),
                metric.excess(value),
                Optional.empty(),
                readings.origin(service, id)));
        sickAgreement = Math.min(sickAgreement, share(newest, count, metric, true));
      } else {
        healthyAgreement = Math.min(healthyAgreement, share(newest, count, metric, false));
      }
    }
    for (AlertState state : snapshot.sensed().alertsOf(service)) {
      Alert alert = state.alert();
      if (!state.counts() || !alert.isSickness()) {
        continue;
      }
      known++;
      if (snapshot.health(alert.source().node()).status() == Status.CRITICAL) {
        continue; // Whether it still holds cannot be known.
      }
      fresh++;
      critical |= alert.severity().compareTo(Severity.HIGH) >= 0;
      symptoms.add(symptom(alert));
    }
    var cleared = snapshot.sensed().cleared().get(service);
    if (fresh == 0 && known == 0 && cleared != null && cleared.isAfter(now.minus(WINDOW))) {
      return new Health(Status.HEALTHY, OVER, List.of());
    }
    if (fresh == 0) {
      return Health.UNKNOWN;
    }
    // What is so already is not foreseen any more.
    symptoms.removeIf(s ->
        Foreseen.foretold(s.metric())
            .map(m -> symptoms.stream().anyMatch(o -> o.metric().equals(m)))
            .orElse(false));
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

  private static Symptom symptom(Alert alert) {
    return new Symptom(
        alert.metric(),
        1,
        1,
        switch (alert.severity()) {
          case LOW -> 0;
          case MEDIUM -> 0.5;
          case HIGH -> 1;
          case CRITICAL -> 2;
        },
        alert.says(),
        "alert of " + alert.source() + (alert.summary().isEmpty() ? "" : ": " + alert.summary()));
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
