package io.grace.intelligence.ranking;

/// How a [Ranker] may explore and how much it remembers. *Immutable.*
///
/// @param floor least propensity of a candidate that may be explored, in [0, 0.05]: without one,
///   what another ranking would have earned could never be told
/// @param holdOut share of the decisions that are left alone where the caller permits it, in [0,
///   0.5]: without one, what recovers by itself would look healed
/// @param harmCost how many successes one harm is worth, 0 or more
/// @param mostHarm chance of harm that is borne after the cautious decisions, in [0, 1]: until then
///   nothing is tried that is expected to harm more often than the static leader was at first
/// @param cautious how many decisions are cautious, 0 or more
/// @param exploring how much of what the static leader earns may be risked on knowledge, in [0, 1]
/// @param mostMembers of the hierarchy, and most keys with evidence; the least recently used go
/// @param mostPending decisions whose outcome is awaited; the oldest count as missing beyond it
public record RankerSettings(
    double floor,
    double holdOut,
    double harmCost,
    double mostHarm,
    int cautious,
    double exploring,
    int mostMembers,
    int mostPending) {
  public static final RankerSettings DEFAULT =
      new RankerSettings(0.002, 0.02, 1, 0.1, 50, 0.05, 50_000, 10_000);

  private static final int MOST = 1_000_000;

  public RankerSettings {
    within("floor", floor, 0.05);
    within("hold-out", holdOut, 0.5);
    within("harm cost", harmCost, 1_000);
    within("most harm", mostHarm, 1);
    within("exploring", exploring, 1);
    if (cautious < 0) {
      throw new IllegalArgumentException("cautious must be 0 or more: " + cautious);
    }
    if (mostMembers < 1 || mostMembers > MOST || mostPending < 1 || mostPending > MOST) {
      throw new IllegalArgumentException(
          "most members and most pending must be in 1 … %d: %d, %d"
              .formatted(MOST, mostMembers, mostPending));
    }
  }

  private static void within(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new IllegalArgumentException(name + " must be in [0, " + most + "]: " + value);
    }
  }
}
