package io.grace.domains.temporal;

import io.grace.domains.series.Recorder;
import io.grace.domains.series.SeriesId;
import java.util.SplittableRandom;

/// Three metrics of which the first moves the second and the second the third, until that changes.
final class Chain {
  static final SeriesId LOAD = SeriesId.parse("orders/load");
  static final SeriesId QUEUE = SeriesId.parse("orders/queue");
  static final SeriesId DELAY = SeriesId.parse("orders/delay");

  static final double LOAD_TO_QUEUE = 0.8;
  static final double QUEUE_TO_DELAY = 0.7;
  static final double LOAD_TO_DELAY = 0.9;

  private final SplittableRandom random;
  private final double[] load = {10, 10, 10};
  private final double[] queue = {8, 8, 8};
  private double delay = 5;
  private long second;

  /// How much of itself the load keeps.
  double memory = 0.6;

  /// Whether the load moves the delay at once, and the queue nothing any more.
  boolean isRewired;

  Chain(long from) {
    this(from, 11);
  }

  Chain(long from, long seed) {
    this.second = from;
    this.random = new SplittableRandom(seed);
  }

  void record(Recorder recorder, int steps) {
    for (int i = 0; i < steps; i++) {
      double nextLoad = 10 * (1 - memory) + memory * load[0] + random.nextGaussian();
      double nextQueue = (isRewired ? 8 : LOAD_TO_QUEUE * load[1]) + 0.5 * random.nextGaussian();
      double nextDelay =
          (isRewired ? LOAD_TO_DELAY * load[0] - 3 : QUEUE_TO_DELAY * queue[0])
              + 0.5 * random.nextGaussian();
      push(load, nextLoad);
      push(queue, nextQueue);
      delay = nextDelay;
      recorder.add(LOAD, second, load[0]);
      recorder.add(QUEUE, second, queue[0]);
      recorder.add(DELAY, second, delay);
      second++;
    }
  }

  private static void push(double[] past, double next) {
    System.arraycopy(past, 0, past, 1, past.length - 1);
    past[0] = next;
  }
}
