package io.grace.runtime.foresight;

import io.grace.core.model.Foreseen;
import io.grace.core.model.Metric;
import io.grace.core.model.ServiceId;
import io.grace.core.model.Trigger;
import io.grace.core.model.Trigger.Kind;
import io.grace.core.state.Sensed;
import io.grace.core.state.Sensed.Judged;
import io.grace.intelligence.anomaly.AlarmThreshold;
import io.grace.intelligence.anomaly.Feedback;
import io.grace.intelligence.drift.StabilityIndex;
import io.grace.intelligence.forecast.Normal;
import io.grace.intelligence.trend.Ramp;
import io.grace.intelligence.trend.RobustTrend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/// What one metric of one service foretells.
final class Foresight {
  static final Duration AHEAD = Duration.ofMinutes(15);
  private static final int STEPS_AHEAD = (int) AHEAD.toSeconds() / History.STEP_SECONDS;

  /// Ten minutes of values.
  private static final int LEAST = 600 / History.STEP_SECONDS;

  /// Fewer judged forecasts say nothing of how wrong the next will be.
  private static final int LEAST_SCORED = 20;

  /// More move a threshold no further.
  private static final int MOST_VERDICTS = 100;

  private static final int RECENT = 1800 / History.STEP_SECONDS;
  private static final Duration FULL_WITHIN = Duration.ofHours(4);
  private static final double DRIFTED = 0.25;

  private Foresight() {}

  /// Empty if too little was seen to expect anything. What follows a line is expected to go on so;
  /// anything else, as the experts of the bank foretell it, by their errors so far.
  static Optional<Outlook> outlook(Past past) {
    double[] values = past.history().last(RECENT, 0);
    if (values.length < LEAST) {
      return Optional.empty();
    }
    Ramp ramp = Ramp.find(values, STEPS_AHEAD);
    if (ramp != null) {
      return Optional.of(new Outlook(ramp.ahead(STEPS_AHEAD), ramp.deviation(STEPS_AHEAD)));
    }
    return past.scored() < LEAST_SCORED
        ? Optional.empty()
        : Optional.of(new Outlook(past.forecast(), past.deviation()));
  }

  /// Beyond the threshold by more than two deviations at t + 15 min, while all is well now. The
  /// confidence is the chance that it will be beyond.
  static Optional<Trigger> breach(ServiceId service, Metric metric, Past past, Instant now) {
    double newest = past.newest();
    Optional<Outlook> outlook = metric.isDegraded(newest) ? Optional.empty() : outlook(past);
    if (outlook.isEmpty() || !metric.isDegraded(outlook.get().atLeast(metric))) {
      return Optional.empty();
    }
    double ahead = outlook.get().expected();
    double deviation = Math.max(1e-12, outlook.get().deviation());
    return Optional.of(
        new Trigger(
            Kind.ML_ANOMALY_FORECAST,
            Foreseen.source(metric.id()),
            Optional.of(service),
            Normal.below(Math.abs(ahead - metric.degraded()) / deviation),
            text(
                "%s of %s is %.4g and will be %.4g ± %.2g in %d min, beyond %.4g",
                metric.id(),
                service,
                newest,
                ahead,
                deviation,
                AHEAD.toMinutes(),
                metric.degraded()),
            now,
            now.plus(AHEAD.multipliedBy(2))));
  }

  /// What is expected in the next quarter of an hour, with a band of 95 %: straight to what is
  /// expected at its end, and as uncertain on the way as a random walk is.
  static Optional<Seen.Ahead> course(Past past) {
    Optional<Outlook> outlook = outlook(past);
    if (outlook.isEmpty()) {
      return Optional.empty();
    }
    double newest = past.newest();
    var course = new ArrayList<Seen.Expected>();
    for (int step = 1; step <= STEPS_AHEAD; step++) {
      double share = (double) step / STEPS_AHEAD;
      double middle = newest + share * (outlook.get().expected() - newest);
      double wide = 1.96 * Math.sqrt(share) * outlook.get().deviation();
      course.add(
          new Seen.Expected(
              Instant.ofEpochSecond(
                  past.history().newestSecond() + (long) step * History.STEP_SECONDS),
              middle - wide,
              middle,
              middle + wide));
    }
    return Optional.of(new Seen.Ahead(course));
  }

  /// A steady trend that reaches the critical threshold within hours. The confidence is that of the
  /// Mann–Kendall test.
  static Optional<Trigger> capacity(
      ServiceId service, Metric metric, History history, Instant now) {
    double[] values = history.last(History.LENGTH, 0);
    if (!Metric.CAPACITY.contains(metric.id().value())
        || values.length < LEAST
        || metric.isCritical(values[values.length - 1])) {
      return Optional.empty();
    }
    RobustTrend trend = RobustTrend.fit(values);
    double left = metric.critical() - values[values.length - 1];
    double steps = left / trend.slope();
    double seconds = steps * History.STEP_SECONDS;
    return steps > 0 && seconds <= FULL_WITHIN.toSeconds()
        ? Optional.of(
            new Trigger(
                Kind.ML_CAPACITY_PREDICTION,
                "capacity " + metric.id(),
                Optional.of(service),
                2 * Normal.below(Math.abs(trend.z())) - 1,
                text(
                    "%s of %s grows by %.3g an hour and reaches %.4g in %.0f min",
                    metric.id(),
                    service,
                    trend.slope() * 3600 / History.STEP_SECONDS,
                    metric.critical(),
                    seconds / 60),
                now,
                now.plusSeconds((long) (1.25 * seconds) + AHEAD.toSeconds())))
        : Optional.empty();
  }

  /// The metric does what it hardly ever did. What came of earlier ones of the same metric, by the
  /// outcomes and by what people said, moves the score from which on it counts.
  static Optional<Trigger> odd(
      ServiceId service, Metric metric, Past past, Sensed sensed, Instant now) {
    String source = "anomaly " + metric.id();
    double score = past.takeScore();
    return threshold(sensed.judged(Kind.ML_ANOMALY_DETECTED, source)).isReachedBy(score)
        ? Optional.of(
            new Trigger(
                Kind.ML_ANOMALY_DETECTED,
                source,
                Optional.of(service),
                score,
                text(
                    "%s of %s does what it hardly ever did: %.4g, anomaly score %.4f",
                    metric.id(), service, past.newest(), score),
                now,
                now))
        : Optional.empty();
  }

  private static AlarmThreshold threshold(Judged judged) {
    AlarmThreshold threshold = AlarmThreshold.initial();
    for (int i = 0; i < Math.min(MOST_VERDICTS, judged.came()); i++) {
      threshold = threshold.after(Feedback.TRUE_ALARM);
    }
    for (int i = 0; i < Math.min(MOST_VERDICTS, judged.not()); i++) {
      threshold = threshold.after(Feedback.FALSE_ALARM);
    }
    return threshold;
  }

  /// The last half hour does not look like the time before it. The confidence is i / (i + 0.1) of
  /// the stability index i.
  static Optional<Trigger> drift(ServiceId service, Metric metric, History history, Instant now) {
    double[] recent = history.last(RECENT, 0);
    double[] before = history.last(History.LENGTH - RECENT, RECENT);
    if (recent.length < RECENT || before.length < 2 * RECENT) {
      return Optional.empty();
    }
    double index = StabilityIndex.between(before, recent);
    return index > DRIFTED
        ? Optional.of(
            new Trigger(
                Kind.ML_DRIFT_DETECTED,
                "drift " + metric.id(),
                Optional.of(service),
                index / (index + 0.1),
                text(
                    "%s of %s changed its distribution: stability index %.2f, %.2f is much",
                    metric.id(), service, index, DRIFTED),
                now,
                now))
        : Optional.empty();
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
