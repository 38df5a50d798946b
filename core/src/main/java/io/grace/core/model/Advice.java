package io.grace.core.model;

/// What one adviser said before a decision; recorded with it whether it was followed or not.
/// *Immutable.*
///
/// @param said one sentence with the numbers
/// @param confidence in [0, 1]; 0 if it had nothing to say
public record Advice(Adviser adviser, String said, double confidence) {
  /// Who advises.
  public enum Adviser {
    /// Whether a metric does what it hardly ever did.
    ANOMALY_SCORER,
    /// Where the trouble comes from.
    ROOT_CAUSE,
    /// Which playbook helps.
    PLAYBOOK_RANKER
  }

  public Advice {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence must be in [0, 1]: " + confidence);
    }
  }
}
