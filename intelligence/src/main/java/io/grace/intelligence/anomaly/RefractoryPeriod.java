package io.grace.intelligence.anomaly;

/// Lets a rarity through only if it is news: higher than what was let through lately, where lately
/// fades reading by reading. So an anomaly is told when it begins and when it gets worse, and not
/// for as long as it lasts. *Owned by one series; not thread-safe.*
final class RefractoryPeriod {
  private static final int KIND = 0x4EF4;
  private static final int VERSION = 1;

  private final double fade;
  private double told;

  /// @param fade how much of a rarity is forgotten with each reading
  RefractoryPeriod(double fade) {
    this.fade = fade;
  }

  /// @return the rarity if it is news, else 0
  double learn(double rarity) {
    double news = rarity > told ? rarity : 0;
    told = Math.max(told - fade, rarity);
    return news;
  }

  void save(StateWriter out) {
    out.section(KIND, VERSION).put(told);
  }

  void load(StateReader in) {
    in.section(KIND, VERSION);
    told = in.number();
  }
}
