package io.grace.intelligence.ranking;

import io.grace.intelligence.bytes.Packing;
import io.grace.intelligence.bytes.Unpacking;
import java.util.LinkedHashMap;
import java.util.Map;

/// How often something happens, by name: Beta posteriors whose counts fade (Gelman et al.,
/// *Bayesian Data Analysis*, 3rd ed., 2013, § 2.4; fading as in Raj & Kalyani, *Taming
/// Non-stationary Bandits: A Bayesian Approach*, 2017). *Owned by one thread.*
final class Rates {
  private final double halfLife;
  private final double strength;
  private final int most;

  /// Name → happened, tried, when.
  private final LinkedHashMap<String, double[]> counts = new LinkedHashMap<>(16, 0.75f, true);

  /// @param halfLife seconds until an outcome counts half
  /// @param strength of a prior, in imagined outcomes
  /// @param most names; the least recently used goes
  Rates(double halfLife, double strength, int most) {
    this.halfLife = halfLife;
    this.strength = strength;
    this.most = most;
  }

  void add(String name, boolean happened, double now) {
    double[] count = counts.computeIfAbsent(name, n -> new double[] {0, 0, now});
    double kept = kept(count, now);
    count[0] = count[0] * kept + (happened ? 1 : 0);
    count[1] = count[1] * kept + 1;
    count[2] = Math.max(count[2], now);
    while (counts.size() > most) {
      counts.remove(counts.firstEntry().getKey());
    }
  }

  /// @param prior mean, in (0, 1)
  Belief belief(String name, double prior, double now) {
    double happened = strength * prior;
    double tried = strength;
    double[] count = counts.get(name);
    if (count != null) {
      double kept = kept(count, now);
      happened += count[0] * kept;
      tried += count[1] * kept;
    }
    double chance = happened / tried;
    return new Belief(chance, Math.sqrt(chance * (1 - chance) / (tried + 1)));
  }

  private double kept(double[] count, double now) {
    return Math.exp(-Math.log(2) * Math.max(0, now - count[2]) / halfLife);
  }

  void write(Packing to) {
    to.integer(counts.size());
    for (Map.Entry<String, double[]> entry : counts.entrySet()) {
      to.text(entry.getKey());
      to.doubles(entry.getValue());
    }
  }

  void read(Unpacking from) {
    int size = from.integer();
    if (size < 0 || size > most) {
      throw new IllegalArgumentException("names must be in 0 … " + most + ": " + size);
    }
    for (int i = 0; i < size; i++) {
      String name = from.text();
      var count = new double[3];
      LinearPosterior.fill(count, from.doubles());
      if (!(count[0] >= 0 && count[0] <= count[1])) {
        throw new IllegalArgumentException(
            "wanted 0 <= happened <= tried: " + count[0] + ", " + count[1]);
      }
      counts.put(name, count);
    }
  }
}
