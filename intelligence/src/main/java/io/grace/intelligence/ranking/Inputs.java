package io.grace.intelligence.ranking;

/// A situation and the impact of a playbook as inputs of a linear model, all in [-1, 1] but the
/// first, which is 1. *Stateless.*
///
/// The day has two harmonics, so that a night or working hours can be told; load has a square, and
/// a product with the blast radius.
final class Inputs {
  /// Terms of the situation, which come first.
  static final int SITUATION = 10;

  /// With those of the impact.
  static final int ALL = SITUATION + 3;

  private Inputs() {}

  /// Shares about their middle, since an effect at the middle is what a new member has.
  static double[] of(Situation s, double impact) {
    double day = 2 * Math.PI * s.timeOfDay();
    double load = 2 * s.load() - 1;
    double blast = 2 * s.blastRadius() - 1;
    double heavy = 2 * impact - 1;
    return new double[] {
      1,
      Math.sin(day),
      Math.cos(day),
      Math.sin(2 * day),
      Math.cos(2 * day),
      load,
      2 * load * load - 1,
      blast,
      2 * s.recentSuccess() - 1,
      load * blast,
      heavy,
      heavy * load,
      heavy * blast
    };
  }
}
