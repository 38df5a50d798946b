package io.grace.intelligence.forecast;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Series whose structure is known.
final class Planted {
  private Planted() {}

  static double[] series(int length, IntToDoubleFunction value) {
    return IntStream.range(0, length).mapToDouble(value).toArray();
  }

  static double[] noisy(int length, long seed, double sigma, IntToDoubleFunction value) {
    var random = new Random(seed);
    return series(length, t -> value.applyAsDouble(t) + sigma * random.nextGaussian());
  }

  static double[] randomWalk(int length, long seed) {
    var random = new Random(seed);
    double[] walk = new double[length];
    walk[0] = 100;
    for (int t = 1; t < length; t++) {
      walk[t] = walk[t - 1] + random.nextGaussian();
    }
    return walk;
  }

  static double wave(int t, int period) {
    return Math.sin(2 * Math.PI * t / period);
  }
}
