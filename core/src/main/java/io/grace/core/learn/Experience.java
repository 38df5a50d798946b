package io.grace.core.learn;

import io.grace.core.model.Circumstances;
import io.grace.core.model.PlaybookId;
import io.grace.core.model.Proposal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One decision that was carried out, and what came of it. *Immutable.*
///
/// @param circumstances those of the decision
/// @param blastRadius how many services depended on its targets
/// @param propensity the probability with which this playbook was chosen, in (0, 1]
/// @param choice what it was chosen from, with itself
/// @param helped whether it was verified
/// @param isHarm whether it was left half done or had to be stopped
/// @param decided when it was proposed
/// @param took until its outcome
public record Experience(
    Proposal.Key key,
    Circumstances circumstances,
    int blastRadius,
    double propensity,
    List<Choice> choice,
    boolean helped,
    boolean isHarm,
    Instant decided,
    Duration took) {
  /// A playbook that might have been chosen.
  ///
  /// @param score its expected chance of success at the time, in [0, 1]
  public record Choice(PlaybookId playbook, double score) {}

  public Experience {
    choice = List.copyOf(choice);
  }

  public Instant ended() {
    return decided.plus(took);
  }
}
