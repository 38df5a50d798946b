package io.grace.core.state;

import io.grace.core.event.Event.RunProposed;
import io.grace.core.model.Argument;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.state.Progress.Place;
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

  /// Let in; its steps are done, as far as they wait for nothing and the gate allows them.
  record Working(Facts facts, Progress progress, Instant deadline, Instant since) implements Run {
    /// A step never outlives its run.
    @Override
    public Optional<Instant> limit() {
      Instant earliest = deadline;
      for (int step = 0; step < progress.places().size(); step++) {
        Optional<Instant> own = limit(step);
        if (own.isPresent() && own.get().isBefore(earliest)) {
          earliest = own.get();
        }
      }
      return Optional.of(earliest);
    }

    /// When what is open at this step ends by itself; empty if nothing is, or its check decides.
    public Optional<Instant> limit(int step) {
      return switch (progress.place(step)) {
        case Place.Acting(_, _, Instant since) ->
            facts.plan().steps().get(step).act().map(act -> earlier(since.plus(act.timeout())));
        case Place.Open(Instant since) ->
            progress.halt().isPresent()
                    || facts.plan().steps().get(step).work() instanceof Plan.Judge
                ? Optional.empty()
                : Optional.of(earlier(since.plus(facts.plan().steps().get(step).longest())));
        case Place.Pending _, Place.Due _, Place.Checking _, Place.Over _ -> Optional.empty();
      };
    }

    private Instant earlier(Instant limit) {
      return limit.isBefore(deadline) ? limit : deadline;
    }

    @Override
    public Phase phase() {
      return progress.isFresh() ? Phase.APPROVED : Phase.RUNNING;
    }

    /// What came of the step of this name; empty if it is not over.
    public Optional<Argument> result(String name) {
      var steps = facts.plan().steps();
      for (int step = 0; step < steps.size(); step++) {
        if (steps.get(step).name().equals(name)) {
          return progress.result(step);
        }
      }
      return Optional.empty();
    }

    Working with(Progress next, Instant at) {
      return new Working(facts, next, deadline, at);
    }
  }

  /// The steps are done and the outcome is being judged.
  ///
  /// @param done steps to undo if it failed, in the order in which they were begun
  record Verifying(Facts facts, List<Integer> done, Instant deadline, Instant since)
      implements Run {
    public Verifying {
      done = List.copyOf(done);
    }

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
  record Asking(Facts facts, List<Integer> done, String question, Instant deadline, Instant since)
      implements Run {
    public Asking {
      done = List.copyOf(done);
    }

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
  /// @param left steps that are still to be undone, the last one first
  /// @param undone how many were
  /// @param end the outcome if everything is undone
  record Unwinding(
      Facts facts,
      List<Integer> left,
      int undone,
      String reason,
      Outcome end,
      Instant deadline,
      Instant since)
      implements Run {
    public Unwinding {
      left = List.copyOf(left);
    }

    /// The step that is undone next.
    public int next() {
      return left.getLast();
    }

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
  ///
  /// @param left steps that are still to be undone after this one
  record Compensating(
      Facts facts,
      int step,
      List<Integer> left,
      int undone,
      String reason,
      Outcome end,
      long epoch,
      Instant deadline,
      Instant since)
      implements Run {
    public Compensating {
      left = List.copyOf(left);
    }

    @Override
    public Optional<Instant> limit() {
      return facts.plan().steps().get(step).act().map(act -> since.plus(act.timeout()));
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
