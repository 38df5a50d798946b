package io.grace.core.learn;

import io.grace.core.model.Circumstances;
import io.grace.core.model.Proposal;
import java.time.Duration;
import java.time.Instant;

/// One decision that was carried out, and what came of it. *Immutable.*
///
/// @param circumstances those of the decision
/// @param blastRadius how many services depended on its targets
/// @param propensity the probability with which this playbook was chosen, in (0, 1]
/// @param helped whether it was verified
/// @param isHarm whether it was left half done or had to be stopped
/// @param decided when it was proposed
/// @param took until its outcome
public record Experience(
    Proposal.Key key,
    Circumstances circumstances,
    int blastRadius,
    double propensity,
    boolean helped,
    boolean isHarm,
    Instant decided,
    Duration took) {
  public Instant ended() {
    return decided.plus(took);
  }
}
