package io.grace.lab.episode;

import java.util.SplittableRandom;

/// The true course of one metric: calm noise with waves, teeth, spikes and now and then a step that
/// hurts nobody; and, from some moment on, the fault. Seeded. *Owned by one thread.*
final class Gauge {
  private static final double MINUTE = 60;

  private final SlowFault kind;
  private final SplittableRandom random;
  private final double calm;
  private final double noise;
  private final double wander;
  private final double wanderTime;
  private final double wave;
  private final double wavePeriod;
  private final double phase;
  private final double tooth;
  private final double toothPeriod;
  private final double spikes;
  private final double stepAt;
  private final double step;
  private final double plateauAt;
  private final double plateau;
  private final double plateauScale;

  /// In seconds since the beginning; infinite if there is no fault.
  private double began;

  /// How far it strayed, as a process that is drawn back to the middle (Ornstein & Uhlenbeck 1930).
  private double strayed;

  private double strayedAt;

  /// From the beginning of the fault until it is at the threshold, in seconds.
  private final double takes;

  private final double shape;
  private final double due;

  /// @param isFaulty whether the fault comes at all
  Gauge(SlowFault kind, boolean isFaulty, long seed) {
    this.kind = kind;
    this.random = new SplittableRandom(seed);
    double t = kind.threshold();
    calm = t * (kind == SlowFault.QUEUE ? between(0.02, 0.1) : between(0.4, 0.65));
    noise = t * between(0.003, 0.015);
    wander = t * between(0, 0.025);
    wanderTime = between(5, 40) * MINUTE;
    wave = t * between(0, 0.04);
    wavePeriod = between(60, 360) * MINUTE;
    phase = between(0, 2 * Math.PI);
    tooth = t * (kind == SlowFault.LEAK ? between(0, 0.05) : 0);
    toothPeriod = between(2, 6) * MINUTE;
    spikes = between(0, 0.004);
    // Twenty minutes' warning is the least that an operator would call slow.
    takes = between(25, 150) * MINUTE;
    shape = between(0.8, 1.6);
    began = isFaulty ? between(40, 90) * MINUTE : Double.POSITIVE_INFINITY;
    due = began + takes;
    // What is harmless and looks a little like trouble: a step after a deploy, or a cache that
    // warms.
    double harmless = isFaulty ? 1 : random.nextDouble();
    stepAt = harmless < 0.4 ? between(40, 150) * MINUTE : Double.MAX_VALUE;
    step = (t - calm) * between(0.1, 0.5);
    plateauAt = harmless >= 0.4 && harmless < 0.8 ? between(40, 120) * MINUTE : Double.MAX_VALUE;
    plateau = (t - calm) * between(0.1, 0.5);
    plateauScale = between(10, 40) * MINUTE;
  }

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /// What is measured: the truth with noise, and now and then a spike.
  ///
  /// @param seconds since the beginning
  double measure(double seconds) {
    stray(seconds);
    double value = truth(seconds) + noise * random.nextGaussian();
    value += tooth * (seconds % toothPeriod / toothPeriod - 0.5);
    if (random.nextDouble() < spikes) {
      value += (kind.threshold() - calm) * between(0.2, 0.8);
    }
    return Math.max(0, value);
  }

  private void stray(double seconds) {
    double kept = Math.exp(-(seconds - strayedAt) / wanderTime);
    strayed = kept * strayed + Math.sqrt(1 - kept * kept) * wander * random.nextGaussian();
    strayedAt = seconds;
  }

  /// How it really is, as of the newest measurement.
  double truth(double seconds) {
    double value = calm + strayed + wave * Math.sin(phase + 2 * Math.PI * seconds / wavePeriod);
    if (seconds > stepAt) {
      value += step;
    }
    if (seconds > plateauAt) {
      value += plateau * (1 - Math.exp(-(seconds - plateauAt) / plateauScale));
    }
    if (seconds > began) {
      value += (kind.threshold() - calm) * Math.pow((seconds - began) / takes, shape);
    }
    return value;
  }

  /// When the fault alone brings it to the threshold, in seconds since the beginning; infinite if
  /// there is no fault.
  double due() {
    return due;
  }

  /// What the playbook does: the fault is gone, and with it what it piled up.
  void heal() {
    began = Double.POSITIVE_INFINITY;
  }
}
