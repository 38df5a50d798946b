package io.grace.intelligence.ranking;

/// A playbook that the gate allows for a diagnosis. *Immutable.*
///
/// @param playbook its name
/// @param prior the chance of success that its author claims, in (0, 1): the static ranking
/// @param impact how much it may hurt while it runs, in [0, 1]: low 0 … critical 1
public record Candidate(String playbook, double prior, double impact) {
  public Candidate {
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException("prior must be in (0, 1): " + prior);
    }
    Situation.share("impact", impact);
  }
}
