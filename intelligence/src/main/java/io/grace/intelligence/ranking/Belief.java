package io.grace.intelligence.ranking;

/// What is believed of a chance. *Immutable.*
///
/// @param chance its mean, in (0, 1)
/// @param deviation its standard deviation
public record Belief(double chance, double deviation) {
  public Belief {
    if (!(chance > 0 && chance < 1 && deviation >= 0)) {
      throw new IllegalArgumentException(
          "chance must be in (0, 1) and its deviation 0 or more: " + chance + ", " + deviation);
    }
  }

  /// Of a normal 90 % interval.
  private static final double REACH = 1.645;

  /// The lower end of the 90 % interval, in (0, 1).
  public double low() {
    return end(-REACH);
  }

  /// The upper end of the 90 % interval, in (0, 1).
  public double high() {
    return end(REACH);
  }

  /// On log odds, where no end leaves (0, 1).
  private double end(double reach) {
    return Odds.chance(Odds.of(chance) + reach * deviation / (chance * (1 - chance)));
  }
}
