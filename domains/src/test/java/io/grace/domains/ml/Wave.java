package io.grace.domains.ml;

import io.grace.domains.series.Recorder;
import io.grace.domains.series.SeriesId;
import java.util.SplittableRandom;

/// Generates a series that can be foretold, until it is changed.
final class Wave {
  private final SplittableRandom random;
  private final SeriesId id;
  private long step;

  // What the series is made of; a test changes it.
  double level = 100;
  double swing = 30;
  double noise = 2;
  int season = 12;

  Wave(SeriesId id, long from, long seed) {
    this.id = id;
    this.step = from;
    this.random = new SplittableRandom(seed);
  }

  void record(Recorder recorder, int steps) {
    for (int i = 0; i < steps; i++) {
      double value =
          level
              + swing * Math.sin(2 * Math.PI * (step % season) / season)
              + noise * random.nextGaussian();
      recorder.add(id, step, value);
      step++;
    }
  }
}
