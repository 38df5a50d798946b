package io.grace.intelligence.ranking;

import java.util.List;
import java.util.Optional;

/// What is to be tried first, and why. *Immutable.*
///
/// @param id names it when its outcome comes
/// @param chosen empty if the incident is left alone, to learn what recovers by itself
/// @param propensity of what was chosen
/// @param heldOut propensity of leaving the incident alone
/// @param ranking best first; its propensities and `heldOut` sum to 1
public record Decision(
    long id, Optional<String> chosen, double propensity, double heldOut, List<Ranked> ranking) {
  public Decision {
    ranking = List.copyOf(ranking);
  }
}
