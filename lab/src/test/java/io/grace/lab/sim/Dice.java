package io.grace.lab.sim;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/// Seeded chance. *Owned by one simulated world.*
final class Dice {
  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  /// One of `thousand` cases.
  boolean permille(int chance) {
    return random.nextInt(1000) < chance;
  }

  /// From `min` to `max`, both inclusive.
  int from(int min, int max) {
    return min + random.nextInt(max - min + 1);
  }

  Duration seconds(int min, int max) {
    return Duration.ofSeconds(from(min, max));
  }

  double between(double min, double max) {
    return min + random.nextDouble() * (max - min);
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... of) {
    return of[random.nextInt(of.length)];
  }
}
