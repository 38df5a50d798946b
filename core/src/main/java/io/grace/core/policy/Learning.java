package io.grace.core.policy;

import io.grace.core.model.Severity;
import java.time.Duration;
import java.util.Optional;

/// How far outcomes count. *Immutable.*
///
/// @param isOn whether outcomes change the ranking, or only the playbooks' priors count
/// @param exploration the least chance that each playbook that the gate allows is chosen with, in
///   [0, 0.05]; 0 always takes the one that is expected to help most
/// @param holdOut which incidents are left alone for a while
/// @param trust what a playbook must show before it runs without an approval; empty if the modes
///   alone decide
public record Learning(
    boolean isOn, double exploration, Optional<HoldOut> holdOut, Optional<TrustCriteria> trust) {
  public static final Learning ON = new Learning(true, 0, Optional.empty(), Optional.empty());
  public static final Learning OFF = new Learning(false, 0, Optional.empty(), Optional.empty());

  /// Some incidents are left alone at first, since nothing else shows how many recover without
  /// help.
  ///
  /// @param share of incidents, in (0, 0.5]
  /// @param severity the highest that may be left alone
  /// @param time how long, at most an hour
  public record HoldOut(double share, Severity severity, Duration time) {
    public HoldOut {
      require(share > 0 && share <= 0.5, "share must be in (0, 0.5]: " + share);
      require(
          time.isPositive() && time.compareTo(Duration.ofHours(1)) <= 0,
          "time must be at most 1h: " + time);
    }
  }

  /// What is wanted of one playbook for one diagnosis of one service.
  ///
  /// @param successes verified runs since the last one that did not help, at least 1
  /// @param chance what the chance of success is at the very least (95 %), in [0, 1)
  public record TrustCriteria(int successes, double chance) {
    public static final TrustCriteria DEFAULTS = new TrustCriteria(5, 0.6);

    public TrustCriteria {
      require(successes >= 1, "successes must be at least 1: " + successes);
      require(chance >= 0 && chance < 1, "chance must be in [0, 1): " + chance);
    }
  }

  public Learning {
    require(
        exploration >= 0 && exploration <= 0.05,
        "exploration must be in [0, 0.05]: " + exploration);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
