package io.grace.intelligence.anomaly;

/// How many seconds lie between two readings as a rule, whatever gaps there are: a running median
/// on a logarithmic scale (the sign algorithm of Robbins & Monro, *A Stochastic Approximation
/// Method*, Annals of Mathematical Statistics 22, 1951, for a quantile). *Owned by one series; not
/// thread-safe.*
final class SamplingStep {
  private static final int KIND = 0x57E9;
  private static final int VERSION = 1;

  private static final double LEAST_RATE = 0.005;
  private static final double MEAN_RATE = 0.001;

  private long last = Long.MIN_VALUE;
  private double logStep;
  private double mean;
  private long seen;

  /// Takes note of the time of a reading; one that is not later than the last says nothing.
  ///
  /// @return the seconds since the last reading, or 0
  long learn(long epochSecond) {
    if (last == Long.MIN_VALUE) {
      last = epochSecond;
      return 0;
    }
    long since = epochSecond - last;
    if (since <= 0) {
      return 0;
    }
    last = epochSecond;
    double log = StrictMath.log(since);
    if (seen == 0) {
      logStep = log;
    } else {
      double rate = Math.max(LEAST_RATE, 0.5 / seen);
      logStep += Math.max(-rate, Math.min(rate, log - logStep));
    }
    seen++;
    mean += Math.max(MEAN_RATE, 1.0 / seen) * (since - mean);
    return since;
  }

  /// In seconds; 0 until two readings were seen.
  double seconds() {
    return seen == 0 ? 0 : StrictMath.exp(logStep);
  }

  /// The mean of the seconds between readings, gaps included; 0 until two readings were seen.
  double meanSeconds() {
    return mean;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(last).put(logStep).put(mean).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    last = in.longInteger();
    logStep = in.number();
    mean = in.number();
    seen = in.longInteger();
  }
}
