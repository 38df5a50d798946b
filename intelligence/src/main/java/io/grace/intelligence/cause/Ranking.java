package io.grace.intelligence.cause;

import java.util.List;
import java.util.Optional;

/// What may have caused an incident, likeliest first. The probabilities of all services, `none` and
/// `unknown` sum to 1; those of services beyond the list are in `rest`. *Immutable.*
///
/// @param none the probability that nothing is wrong
/// @param unknown the probability that something is, whose cause is not watched
/// @param rest the probability of all services that are not listed
/// @param rarity how likely a deviation as bad as the worst would be if nothing were wrong
public record Ranking(List<Cause> causes, double none, double unknown, double rest, double rarity) {
  public Ranking {
    causes = List.copyOf(causes);
  }

  /// The first cause, unless none or unknown are likelier: only then is a service to be blamed.
  public Optional<Cause> blamed() {
    return causes.stream()
        .findFirst()
        .filter(cause -> cause.probability() > Math.max(none, unknown));
  }
}
