package io.grace.core.model;

import java.util.Optional;

/// A playbook that was considered, with its score and, if it was not chosen, why. *Immutable.*
///
/// @param score expected chance of success, in [0, 1]
/// @param between where that chance lies with a probability of 90 %; empty if only it was expected
/// @param propensity the probability with which it was chosen, in [0, 1]; deterministic choice is 1
///   or 0
/// @param passedOver empty for the chosen one
public record Candidate(
    PlaybookId playbook,
    double score,
    Optional<Between> between,
    double propensity,
    String reason,
    Optional<String> passedOver) {
  private static final String BELOW = "ranked below ";

  /// Why a playbook that the gate allows was passed over.
  public static String below(PlaybookId chosen) {
    return BELOW + chosen;
  }

  /// Whether it might have been chosen: it was, or another one was ranked above it.
  public boolean wasAllowed() {
    return passedOver.map(why -> why.startsWith(BELOW)).orElse(true);
  }

  /// @param lower in [0, 1]
  /// @param upper in [lower, 1]
  public record Between(double lower, double upper) {
    public Between {
      if (!(lower >= 0 && lower <= upper && upper <= 1)) {
        throw new IllegalArgumentException("not within [0, 1]: " + lower + " to " + upper);
      }
    }
  }

  /// One of which only the expected chance is known.
  public Candidate(
      PlaybookId playbook,
      double score,
      double propensity,
      String reason,
      Optional<String> passedOver) {
    this(playbook, score, Optional.empty(), propensity, reason, passedOver);
  }
}
