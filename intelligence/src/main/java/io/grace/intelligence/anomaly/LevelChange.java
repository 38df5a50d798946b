package io.grace.intelligence.anomaly;

import java.util.Arrays;

/// How far the mean of the newest readings is from the usual level, over several lengths of time: a
/// change point is where that is far. *Owned by one series; not thread-safe.*
///
/// The mean of the newest k readings is the statistic of a moving sum (Eichinger & Kirch, *A MOSUM
/// Procedure for the Estimation of Multiple Random Change Points*, Bernoulli 24, 2018, section 2).
/// GRACE compares it with a level that follows slowly and in bounded steps (the ψ-function of
/// Huber, *Robust Estimation of a Location Parameter*, Annals of Mathematical Statistics 35, 1964),
/// so that the change itself does not move the level at once; what is far is left to
/// [TailProbability].
public final class LevelChange {
  private static final int KIND = 0xC4A6;
  private static final int VERSION = 1;

  private static final int START = 20;
  private static final double FOLLOW = 0.002;
  private static final double SPREAD_FOLLOW = 0.001;
  private static final double BOUND = 5;

  private final int[] lengths;
  private final double[] ring;
  private final double[] sums;
  private double level;
  private double spread;
  private long seen;

  /// @param lengths in readings, each at least 1, rising
  public LevelChange(int... lengths) {
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] < 1 || i > 0 && lengths[i] <= lengths[i - 1]) {
        throw new IllegalArgumentException("lengths must rise from 1 or more: " + lengths[i]);
      }
    }
    this.lengths = lengths.clone();
    this.ring = new double[lengths[lengths.length - 1]];
    this.sums = new double[lengths.length];
  }

  /// @param value finite
  public void learn(double value) {
    int at = (int) (seen % ring.length);
    for (int i = 0; i < lengths.length; i++) {
      if (seen >= lengths[i]) {
        sums[i] -= ring[(int) ((seen - lengths[i]) % ring.length)];
      }
      sums[i] += value;
    }
    ring[at] = value;
    seen++;
    if (at == ring.length - 1) {
      sumAfresh();
    }
    follow(value);
  }

  /// How far the mean of the newest readings is from the usual level.
  ///
  /// @param length which of the lengths, from 0
  public double distance(int length) {
    if (seen == 0) {
      return Double.NaN;
    }
    return Math.abs(sums[length] / Math.min(seen, lengths[length]) - level);
  }

  /// The mean distance of a reading from the level.
  public double spread() {
    return spread;
  }

  private void follow(double value) {
    if (seen <= START) {
      level += (value - level) / seen;
    } else {
      double off = Math.max(-BOUND * spread, Math.min(BOUND * spread, value - level));
      level += Math.max(FOLLOW, 1.0 / seen) * off;
    }
    double off = Math.abs(value - level);
    double bounded = seen <= START ? off : Math.min(off, 2 * BOUND * spread + Math.ulp(value));
    spread += Math.max(SPREAD_FOLLOW, 1.0 / seen) * (bounded - spread);
  }

  /// Adding and taking away leaves a rounding error; it must not grow for ever.
  private void sumAfresh() {
    for (int i = 0; i < lengths.length; i++) {
      double sum = 0;
      for (int j = 1; j <= Math.min(seen, lengths[i]); j++) {
        sum += ring[(int) ((seen - j) % ring.length)];
      }
      sums[i] = sum;
    }
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(lengths).put(ring).put(sums);
    out.put(level).put(spread).put(seen);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    int[] found = new int[lengths.length];
    in.fill(found, 1, Integer.MAX_VALUE);
    if (!Arrays.equals(found, lengths)) {
      throw new IllegalArgumentException(
          "state must be of lengths %s: %s"
              .formatted(Arrays.toString(lengths), Arrays.toString(found)));
    }
    in.fill(ring);
    in.fill(sums);
    level = in.number();
    spread = in.number();
    seen = in.longInteger();
  }
}
