package io.grace.lab.service;

import java.time.Duration;

/// What is in stock of an item: the figure that is dear to compute and that the cache keeps.
final class Stock {
  /// How many items the shop sells; an item is 0 to 63.
  static final int ITEMS = 64;

  /// With it a miss takes clearly more than a second and clearly less than the 2 s after which
  /// callers give up.
  private static final Duration WAREHOUSE = Duration.ofMillis(1200);

  private static final int STEPS = 20_000;

  private Stock() {}

  /// The slow path: asks the warehouse, which takes its time, and computes.
  static long fromWarehouse(int item) throws InterruptedException {
    Thread.sleep(WAREHOUSE);
    return project(item);
  }

  /// Walks the item's demand day by day; the generator is SplitMix64 (Steele, Lea, Flood: "Fast
  /// splittable pseudorandom number generators", 2014), seeded by the item, so that cache and
  /// warehouse agree.
  static long project(int item) {
    long state = item;
    long stock = 1_000_000;
    for (int day = 0; day < STEPS; day++) {
      state += 0x9E3779B97F4A7C15L;
      long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      stock += Math.floorMod(z ^ (z >>> 31), 199) - 99;
    }
    return Math.max(0, stock);
  }
}
