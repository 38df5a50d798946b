package io.grace.intelligence.ranking;

/// What is to be decided about. *Immutable.*
///
/// @param service its name
/// @param kind of the service: a new one starts from what its kind has shown
/// @param diagnosis its name
/// @param timeOfDay share of the day that is over, in [0, 1)
/// @param load in [0, 1]; 0.5 where it is not known
/// @param blastRadius share of the services that an action can hurt, in [0, 1]
/// @param recentSuccess share of the newest runs of the service that succeeded, in [0, 1]
public record Situation(
    String service,
    String kind,
    String diagnosis,
    double timeOfDay,
    double load,
    double blastRadius,
    double recentSuccess) {
  public Situation {
    share("time of day", timeOfDay);
    share("load", load);
    share("blast radius", blastRadius);
    share("recent success", recentSuccess);
  }

  static void share(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1]: " + value);
    }
  }
}
