package io.grace.core.model;

import java.util.List;
import java.util.Optional;

/// Where an incident may come from, judged by how everything that is measured moved. *Immutable.*
///
/// @param ranked the likeliest first
/// @param none the chance that nothing out of the ordinary happened at all
/// @param unknown the chance that the cause is something that is not measured; with `none` and all
///   that is ranked it comes to 1 at the most
public record Causes(List<Cause> ranked, double none, double unknown) {
  /// @param metric the one that gives it away
  /// @param probability in [0, 1]
  /// @param why one sentence with the numbers
  public record Cause(
      ServiceId service, Optional<MetricId> metric, double probability, String why) {}

  public Causes {
    ranked = List.copyOf(ranked);
    double sum = none + unknown + ranked.stream().mapToDouble(Cause::probability).sum();
    if (!(none >= 0 && unknown >= 0 && sum <= 1 + 1e-6)) {
      throw new IllegalArgumentException("probabilities must come to 1 at the most: " + sum);
    }
  }

  /// The likeliest, if it is likelier than not.
  public Optional<Cause> likely() {
    return ranked.stream().findFirst().filter(c -> c.probability() >= 0.5);
  }
}
