package io.grace.runtime.foresight;

import io.grace.intelligence.anomaly.AnomalyDetector;
import io.grace.intelligence.anomaly.AnomalyDetector.Metric;

/// How odd one metric is by its own past, minute by minute: what counts is the mean of each. Not
/// thread-safe.
final class Oddity {
  private static final int MINUTE = 60;

  private final AnomalyDetector detector;
  private long minute = Long.MIN_VALUE;
  private double sum;
  private int count;
  private double score;

  Oddity(long seed) {
    detector = new AnomalyDetector(Metric.GAUGE, seed);
  }

  void add(long epochSecond, double value) {
    long now = Math.floorDiv(epochSecond, MINUTE);
    if (now < minute) {
      return;
    }
    if (now > minute) {
      if (count > 0) {
        score = Math.max(score, detector.score(minute * MINUTE, sum / count));
      }
      minute = now;
      sum = 0;
      count = 0;
    }
    sum += value;
    count++;
  }

  /// The highest score since this was asked last, in [0, 1].
  double takeScore() {
    double highest = score;
    score = 0;
    return highest;
  }
}
