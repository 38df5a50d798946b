package io.grace.core.state;

import io.grace.core.event.Event.RunProposed;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One run of a playbook, from proposal to outcome. *Immutable.*
///
/// Each state holds exactly what is known in it, and every open state ends by itself at its
/// [#limit]: nothing in GRACE waits for ever. [RunTable] is the whole life cycle.
public sealed interface Run {
  Facts facts();

  /// When the run came into this state.
  Instant since();

  /// When this state ends by itself; empty only for [Done].
  Optional<Instant> limit();

  /// What people and REST call this state.
  Phase phase();

  /// What is known of a run in every state.
  ///
  /// @param verdict what the gate said when it was proposed
  /// @param approvals in the order given; one per person
  record Facts(
      RunId id, Proposal proposal, String verdict, Instant proposedAt, List<Approval> approvals) {
    public Facts {
      approvals = List.copyOf(approvals);
    }

    public Plan plan() {
      return proposal.plan();
    }
  }

  /// Waits for the gate: for approval, for a window, for the kill switch to be released.
  ///
  /// @param deferredUntil not judged again before
  record Proposed(Facts facts, Instant expires, Optional<Instant> deferredUntil, Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(expires);
    }

    @Override
    public Phase phase() {
      return Phase.PROPOSED;
    }
  }

  /// Let in; waits for the gate to allow step `next`.
  ///
  /// @param next the step to start, from 0
  /// @param attempt of that step, from 0
  /// @param notBefore the backoff of a retry
  record Ready(
      Facts facts, int next, int attempt, Instant notBefore, Instant deadline, Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(deadline);
    }

    @Override
    public Phase phase() {
      return next == 0 && attempt == 0 ? Phase.APPROVED : Phase.RUNNING;
    }
  }

  /// The intent for the step is journaled; the effect is under way, or may have been.
  record Acting(Facts facts, int step, int attempt, long epoch, Instant deadline, Instant since)
      implements Run {
    /// A step never outlives its run.
    @Override
    public Optional<Instant> limit() {
      Instant own = since.plus(facts.plan().steps().get(step).timeout());
      return Optional.of(own.isBefore(deadline) ? own : deadline);
    }

    @Override
    public Phase phase() {
      return Phase.RUNNING;
    }
  }

  /// A step is done and its own check is being judged.
  record Checking(Facts facts, int step, Instant deadline, Instant since) implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(deadline);
    }

    @Override
    public Phase phase() {
      return Phase.RUNNING;
    }
  }

  /// The steps are done and the outcome is being judged.
  ///
  /// @param done steps to undo if it failed
  record Verifying(Facts facts, int done, Instant deadline, Instant since) implements Run {
    @Override
    public Optional<Instant> limit() {
      Instant own = since.plus(facts.plan().verification().timeout());
      return Optional.of(own.isAfter(deadline) ? own : deadline);
    }

    @Override
    public Phase phase() {
      return Phase.VERIFYING;
    }
  }

  /// Nobody can tell whether it worked; a person is asked.
  record Asking(Facts facts, int done, String question, Instant deadline, Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(deadline);
    }

    @Override
    public Phase phase() {
      return Phase.VERIFYING;
    }
  }

  /// Waits for the gate to allow the next undo.
  ///
  /// @param left steps `left-1 … 0` are still to be undone
  /// @param undone how many were
  /// @param end the outcome if everything is undone
  record Unwinding(
      Facts facts,
      int left,
      int undone,
      String reason,
      Outcome end,
      Instant deadline,
      Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(deadline);
    }

    @Override
    public Phase phase() {
      return Phase.COMPENSATING;
    }
  }

  /// The intent to undo the step is journaled; the undo is under way, or may have been.
  record Compensating(
      Facts facts,
      int step,
      int undone,
      String reason,
      Outcome end,
      long epoch,
      Instant deadline,
      Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.of(since.plus(facts.plan().steps().get(step).timeout()));
    }

    @Override
    public Phase phase() {
      return Phase.COMPENSATING;
    }
  }

  /// The end.
  ///
  /// @param acted whether any step was started; a run that did nothing is never a success
  record Done(
      Facts facts,
      Outcome outcome,
      Aftermath aftermath,
      boolean acted,
      String reason,
      Instant since)
      implements Run {
    @Override
    public Optional<Instant> limit() {
      return Optional.empty();
    }

    @Override
    public Phase phase() {
      return outcome.phase();
    }
  }

  enum Outcome {
    SUCCEEDED(Phase.SUCCEEDED),
    ROLLED_BACK(Phase.ROLLED_BACK),
    FAILED(Phase.FAILED),
    REJECTED(Phase.REJECTED),
    EXPIRED(Phase.EXPIRED),
    ABORTED(Phase.ABORTED);

    private final Phase phase;

    Outcome(Phase phase) {
      this.phase = phase;
    }

    public Phase phase() {
      return phase;
    }
  }

  /// What a run leaves behind.
  enum Aftermath {
    /// Nothing was done, or all of it was verified or undone.
    CLEAN,
    /// Something may be half done: a person must look.
    UNSURE
  }

  enum Phase {
    PROPOSED,
    APPROVED,
    RUNNING,
    VERIFYING,
    COMPENSATING,
    SUCCEEDED,
    ROLLED_BACK,
    FAILED,
    REJECTED,
    EXPIRED,
    ABORTED
  }

  static Run start(RunProposed event) {
    var facts = new Facts(event.run(), event.proposal(), event.verdict(), event.at(), List.of());
    return new Proposed(facts, event.expires(), Optional.empty(), event.at());
  }

  default boolean isPastLimit(Instant now) {
    return limit().map(limit -> !now.isBefore(limit)).orElse(false);
  }

  default RunId id() {
    return facts().id();
  }

  default Proposal proposal() {
    return facts().proposal();
  }

  default Plan plan() {
    return facts().plan();
  }
}
