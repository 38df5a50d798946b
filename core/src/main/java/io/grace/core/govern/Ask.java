package io.grace.core.govern;

import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.policy.Policy;
import io.grace.core.state.Approval;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One question to the gate, with all that its rules may look at. *Immutable.*
///
/// @param run the run it is about; empty before it is proposed
/// @param approvals those given so far
/// @param unmet preconditions that do not hold now, described
/// @param lastHeard when the service was last measured
public record Ask(
    Moment moment,
    Optional<RunId> run,
    Proposal proposal,
    List<Approval> approvals,
    Snapshot snapshot,
    Policy policy,
    List<String> unmet,
    Optional<Instant> lastHeard,
    Instant now) {
  /// When the gate is asked.
  public enum Moment {
    PROPOSAL,
    FIRST_STEP,
    LATER_STEP,
    UNDO
  }

  public Ask {
    approvals = List.copyOf(approvals);
    unmet = List.copyOf(unmet);
  }

  boolean isFirst() {
    return moment == Moment.PROPOSAL || moment == Moment.FIRST_STEP;
  }
}
