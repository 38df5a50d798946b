package io.grace.intelligence.anomaly;

/// Scores each reading of one series, as it comes, by how strange it is: 0 is nothing new, and from
/// [#ALARM] on an operator would want to know. *Owned by one series; not thread-safe.*
///
/// The score of a reading follows from the readings up to it, in order, and from the seed alone,
/// bit for bit, on every machine (hence `StrictMath`). It is news: a reading that is strange
/// because of what was told already scores 0, so an anomaly alarms when it begins and when it gets
/// worse ([#strangeness] tells how strange a reading is regardless). A reading that is missing
/// scores 0 and teaches nothing, for there is nothing to compare; that data are missing is for the
/// silence of a service to tell.
///
/// The way of it is that of Numenta's anomaly likelihood (see [AnomalyLikelihood]), over an
/// ensemble: each [Evidence] becomes a rarity among its own past, so that all are on one scale
/// whatever the series measures, and their power mean becomes the score.
public final class AnomalyDetector {
  /// From here on a score is an alarm, until feedback moves the threshold ([AlarmThreshold]).
  public static final double ALARM = 0.99;

  private static final int KIND = 0xDE7E;
  private static final int VERSION = 1;

  /// The rarity that scores [#ALARM], for readings every five minutes. Chosen on the 34 open series
  /// of the Numenta Anomaly Benchmark, all of them with one value.
  private static final double ALARM_RARITY = 2.45;

  /// Strangeness before this says more of the detector than of the series.
  private static final int WARM_UP = 64;

  private static final double REFERENCE_STEP_SECONDS = 300;

  /// What counts is how often an operator is called in a day, not in a thousand readings. But a
  /// hundred times the readings are not a hundred times the occasions, since readings that are
  /// close resemble each other: their square root is taken.
  private static final double OCCASIONS = 0.5;

  /// What happens once in a thousand readings is told again after 200 of them.
  private static final double FADE = 3.0 / 200;

  /// More than a `float` can square.
  private static final double LARGEST = 1e18;

  private final long seed;
  private final SamplingStep step = new SamplingStep();
  private final CounterRate rate = new CounterRate();
  private final CounterTest test = new CounterTest();
  private final RefractoryPeriod refractory = new RefractoryPeriod(FADE);
  private Ensemble ensemble;
  private Metric metric;
  private long learnt;
  private double strangeness;

  /// The power of two below the first reading that is not 0, so that a unit of measure cannot
  /// matter.
  private double unit;

  /// What the readings are of.
  public enum Metric {
    /// To be found out from the first readings.
    UNKNOWN,
    GAUGE,
    /// Only grows, except that it may be reset; its growth is what is watched.
    COUNTER
  }

  /// @param seed of the random cuts
  public AnomalyDetector(Metric metric, long seed) {
    this.metric = metric;
    this.seed = seed;
    this.ensemble = new Ensemble(seed);
  }

  /// The next reading.
  ///
  /// @param epochSecond when it was taken
  /// @param value what was read; anything but a finite number is a reading that is missing
  /// @return in [0, 1]
  public double score(long epochSecond, double value) {
    strangeness = 0;
    if (!Double.isFinite(value)) {
      return 0;
    }
    double typical = step.seconds();
    long since = step.learn(epochSecond);
    double watched = watched(epochSecond, value);
    if (!Double.isFinite(watched)) {
      return 0;
    }
    double rarity = ensemble.learn(epochSecond, scaled(watched), typical > 0 ? since / typical : 0);
    learnt++;
    double occasions =
        OCCASIONS * StrictMath.log10(Math.max(1, step.meanSeconds()) / REFERENCE_STEP_SECONDS);
    boolean isNews = refractory.learn(rarity) > 0;
    if (learnt <= WARM_UP) {
      return 0;
    }
    strangeness = bounded(rarity + occasions);
    return isNews ? strangeness : 0;
  }

  /// How strange the newest reading was, whether or not it was news.
  ///
  /// @return in [0, 1]
  public double strangeness() {
    return strangeness;
  }

  /// How rare the newest reading was by one kind of evidence, as −log₁₀ of a probability; NaN where
  /// it had nothing to say.
  public double rarity(Evidence evidence) {
    return ensemble.rarity(evidence);
  }

  private double watched(long epochSecond, double value) {
    if (metric == Metric.UNKNOWN) {
      test.learn(value);
      if (test.isOver()) {
        metric = test.isCounter() ? Metric.COUNTER : Metric.GAUGE;
        if (metric == Metric.COUNTER) {
          ensemble = new Ensemble(seed);
          learnt = 0;
          unit = 0;
        }
      }
    }
    return metric == Metric.COUNTER ? rate.learn(epochSecond, value) : value;
  }

  private double scaled(double watched) {
    if (unit == 0 && watched != 0) {
      unit = Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(watched)));
    }
    return unit == 0 ? 0 : Math.clamp(watched / unit, -LARGEST, LARGEST);
  }

  /// 0.99 at [#ALARM_RARITY], 0.9 at half of it.
  private static double bounded(double rarity) {
    return 1 - StrictMath.pow(1 - ALARM, Math.max(0, rarity) / ALARM_RARITY);
  }

  /// All that it knows, for [#restored].
  public byte[] save() {
    StateWriter out = new StateWriter();
    out.section(KIND, VERSION).put(seed).put(metric.ordinal()).put(learnt).put(strangeness);
    out.put(unit);
    step.save(out);
    rate.save(out);
    test.save(out);
    refractory.save(out);
    ensemble.save(out);
    return out.toBytes();
  }

  /// One that goes on where the saved one stood, with the same scores to the bit.
  ///
  /// @throws IllegalArgumentException if the bytes are no such state
  public static AnomalyDetector restored(byte[] state) {
    StateReader in = new StateReader(state);
    in.section(KIND, VERSION);
    long seed = in.longInteger();
    Metric metric = Metric.values()[in.integer(0, Metric.values().length - 1)];
    AnomalyDetector detector = new AnomalyDetector(metric, seed);
    detector.learnt = in.longInteger();
    detector.strangeness = in.number();
    detector.unit = in.number();
    detector.step.load(in);
    detector.rate.load(in);
    detector.test.load(in);
    detector.refractory.load(in);
    detector.ensemble.load(in);
    in.end();
    return detector;
  }
}
