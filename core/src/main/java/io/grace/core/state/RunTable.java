package io.grace.core.state;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunAnswered;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunCancelled;
import io.grace.core.event.Event.RunDeferred;
import io.grace.core.event.Event.RunDenied;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunExpired;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunRejected;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.Finding;
import io.grace.core.model.Plan;
import io.grace.core.state.Run.Acting;
import io.grace.core.state.Run.Aftermath;
import io.grace.core.state.Run.Asking;
import io.grace.core.state.Run.Checking;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Facts;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Run.Proposed;
import io.grace.core.state.Run.Ready;
import io.grace.core.state.Run.Unwinding;
import io.grace.core.state.Run.Verifying;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// The whole life cycle of a run: which event is legal in which state, and what it leads to.
///
/// A late result finds no row and is dropped; an event of our own without a row is a bug.
public final class RunTable {
  private RunTable() {}

  /// The next state.
  ///
  /// @throws IllegalStateException if the table has no such row: a bug in GRACE, never a state of
  ///   the world
  public static Run apply(Run run, RunEvent event) {
    return move(run, event)
        .orElseThrow(() ->
            new IllegalStateException(
                event.getClass().getSimpleName()
                    + " is not legal in "
                    + run.getClass().getSimpleName()
                    + " of "
                    + run.id()));
  }

  /// Whether the event is still welcome.
  public static boolean accepts(Run run, RunEvent event) {
    return move(run, event).isPresent();
  }

  private record Move(Run from, RunEvent event) {}

  private static Optional<Run> move(Run run, RunEvent event) {
    Instant at = event.at();
    Run next =
        switch (new Move(run, event)) {
          case Move(Proposed p, RunApproved e) -> withApproval(p, e);
          case Move(Proposed p, RunDeferred e) ->
              new Proposed(p.facts(), e.expires(), Optional.of(e.until()), p.since());
          case Move(Proposed p, RunAdmitted e) -> new Ready(p.facts(), 0, 0, at, e.deadline(), at);
          case Move(Proposed p, RunRejected e) -> idle(p, Outcome.REJECTED, e.reason(), at);
          case Move(Proposed p, RunDenied e) -> idle(p, Outcome.REJECTED, e.reason(), at);
          case Move(Proposed p, RunExpired e) -> idle(p, Outcome.EXPIRED, e.reason(), at);
          case Move(Proposed p, RunObserved e) -> idle(p, Outcome.EXPIRED, e.would(), at);
          case Move(Proposed p, RunCancelled e) -> idle(p, Outcome.ABORTED, e.reason(), at);

          case Move(Ready r, StepStarted e) when isNext(r, e) ->
              new Acting(r.facts(), e.step(), e.attempt(), e.epoch(), r.deadline(), at);
          case Move(Ready r, RunDeferred e) when isUntouched(r) ->
              new Proposed(r.facts(), e.expires(), Optional.of(e.until()), at);
          case Move(Ready r, RunDenied e) -> stop(r, Outcome.REJECTED, e.reason(), at);
          case Move(Ready r, RunExpired e) -> stop(r, Outcome.EXPIRED, e.reason(), at);
          case Move(Ready r, RunCancelled e) -> stop(r, Outcome.ABORTED, e.reason(), at);

          case Move(Acting a, StepEnded e) when isOf(a, e) -> afterStep(a, e);
          case Move(Acting a, RunExpired e) ->
              unwind(a.facts(), a.step() + 1, Outcome.ABORTED, e.reason(), at);
          case Move(Acting a, RunCancelled e) ->
              unwind(a.facts(), a.step() + 1, Outcome.ABORTED, e.reason(), at);

          case Move(Checking c, StepChecked e) when e.step() == c.step() -> afterCheck(c, e);
          case Move(Checking c, RunExpired e) ->
              unwind(c.facts(), c.step() + 1, Outcome.ABORTED, e.reason(), at);
          case Move(Checking c, RunCancelled e) ->
              unwind(c.facts(), c.step() + 1, Outcome.ABORTED, e.reason(), at);

          case Move(Verifying v, RunVerified e) ->
              judged(v.facts(), v.done(), e.finding(), e.detail(), at);
          case Move(Verifying v, RunExpired e) ->
              unwind(v.facts(), v.done(), Outcome.ABORTED, e.reason(), at);
          case Move(Verifying v, RunCancelled e) ->
              unwind(v.facts(), v.done(), Outcome.ABORTED, e.reason(), at);

          case Move(Asking a, RunAnswered e) when e.finding() != Finding.INCONCLUSIVE ->
              judged(a.facts(), a.done(), e.finding(), e.reason(), at);
          case Move(Asking a, RunExpired e) ->
              unwind(a.facts(), a.done(), Outcome.ABORTED, e.reason(), at);
          case Move(Asking a, RunCancelled e) ->
              unwind(a.facts(), a.done(), Outcome.ABORTED, e.reason(), at);

          case Move(Unwinding u, CompensationStarted e) when e.step() == u.left() - 1 ->
              new Compensating(
                  u.facts(),
                  e.step(),
                  u.undone(),
                  u.reason(),
                  u.end(),
                  e.epoch(),
                  u.deadline(),
                  at);
          case Move(Unwinding u, RunExpired e) ->
              unsure(u.facts(), u.reason() + "; not undone: " + e.reason(), at);

          case Move(Compensating c, CompensationEnded e) when e.step() == c.step() ->
              e.outcome() == StepOutcome.DONE
                  ? unwindFrom(
                      c.facts(), c.step(), c.undone() + 1, c.reason(), c.end(), c.deadline(), at)
                  : unsure(c.facts(), c.reason() + "; undo failed: " + e.detail(), at);
          case Move(Compensating c, RunExpired e) ->
              unsure(c.facts(), c.reason() + "; undo not finished: " + e.reason(), at);

          default -> null;
        };
    return Optional.ofNullable(next);
  }

  private static boolean isNext(Ready ready, StepStarted event) {
    return event.step() == ready.next() && event.attempt() == ready.attempt();
  }

  private static boolean isUntouched(Ready ready) {
    return ready.next() == 0 && ready.attempt() == 0;
  }

  private static boolean isOf(Acting acting, StepEnded event) {
    return event.step() == acting.step() && event.attempt() == acting.attempt();
  }

  /// One vote per person: the newest counts.
  private static Run withApproval(Proposed p, RunApproved e) {
    var approvals = new ArrayList<>(p.facts().approvals());
    approvals.removeIf(a -> a.by().equals(e.by()));
    approvals.add(new Approval(e.by(), e.hash(), e.scope(), e.at()));
    var f = p.facts();
    return new Proposed(
        new Facts(f.id(), f.proposal(), f.verdict(), f.proposedAt(), approvals),
        p.expires(),
        e.scope() == ApprovalScope.OVERRIDE ? Optional.empty() : p.deferredUntil(),
        p.since());
  }

  private static Run idle(Proposed p, Outcome outcome, String reason, Instant at) {
    return new Done(p.facts(), outcome, Aftermath.CLEAN, false, reason, at);
  }

  /// Between steps: nothing done yet is simply the end; otherwise what was done is undone.
  private static Run stop(Ready r, Outcome untouched, String reason, Instant at) {
    return isUntouched(r)
        ? new Done(r.facts(), untouched, Aftermath.CLEAN, false, reason, at)
        : unwind(r.facts(), r.next(), Outcome.ABORTED, reason, at);
  }

  private static Run afterStep(Acting a, StepEnded e) {
    Plan.Step step = a.facts().plan().steps().get(a.step());
    return switch (e.outcome()) {
      case DONE ->
          step.check().isPresent()
              ? new Checking(a.facts(), a.step(), a.deadline(), e.at())
              : advance(a.facts(), a.step() + 1, a.deadline(), e.at());
      case PASSING ->
          a.attempt() < step.retries().max()
              ? new Ready(
                  a.facts(),
                  a.step(),
                  a.attempt() + 1,
                  e.at().plus(step.retries().backoff()),
                  a.deadline(),
                  e.at())
              : unwind(a.facts(), a.step(), Outcome.ROLLED_BACK, e.detail(), e.at());
      case FAILED -> unwind(a.facts(), a.step(), Outcome.ROLLED_BACK, e.detail(), e.at());
      // Never repeated: look whether it helped, and count it among what must be undone.
      case UNKNOWN -> new Verifying(a.facts(), a.step() + 1, a.deadline(), e.at());
    };
  }

  private static Run afterCheck(Checking c, StepChecked e) {
    return switch (e.finding()) {
      case PASSED -> advance(c.facts(), c.step() + 1, c.deadline(), e.at());
      case FAILED -> unwind(c.facts(), c.step() + 1, Outcome.ROLLED_BACK, e.detail(), e.at());
      case INCONCLUSIVE -> ask(c.facts(), c.step() + 1, e.detail(), e.at());
    };
  }

  private static Run judged(Facts facts, int done, Finding finding, String detail, Instant at) {
    return switch (finding) {
      case PASSED -> new Done(facts, Outcome.SUCCEEDED, Aftermath.CLEAN, true, detail, at);
      case FAILED -> unwind(facts, done, Outcome.ROLLED_BACK, detail, at);
      case INCONCLUSIVE -> ask(facts, done, detail, at);
    };
  }

  private static Run advance(Facts facts, int next, Instant deadline, Instant at) {
    return next == facts.plan().steps().size()
        ? new Verifying(facts, next, deadline, at)
        : new Ready(facts, next, 0, at, deadline, at);
  }

  /// A question has the run's own time again to be answered.
  private static Run ask(Facts facts, int done, String question, Instant at) {
    return new Asking(facts, done, question, at.plus(facts.plan().timeout()), at);
  }

  /// Undoing has the run's own time again, counted from here.
  private static Run unwind(Facts facts, int done, Outcome end, String reason, Instant at) {
    return unwindFrom(facts, done, 0, reason, end, at.plus(facts.plan().timeout()), at);
  }

  /// Steps that leave nothing behind are passed over.
  private static Run unwindFrom(
      Facts facts, int left, int undone, String reason, Outcome end, Instant deadline, Instant at) {
    int next = left;
    while (next > 0 && facts.plan().steps().get(next - 1).compensation().isEmpty()) {
      next--;
    }
    if (next > 0) {
      return new Unwinding(facts, next, undone, reason, end, deadline, at);
    }
    // "Rolled back" is said only where something was taken back.
    Outcome outcome = end == Outcome.ROLLED_BACK && undone == 0 ? Outcome.FAILED : end;
    boolean clean = facts.plan().reversible();
    return new Done(facts, outcome, clean ? Aftermath.CLEAN : Aftermath.UNSURE, true, reason, at);
  }

  private static Run unsure(Facts facts, String reason, Instant at) {
    return new Done(facts, Outcome.FAILED, Aftermath.UNSURE, true, reason, at);
  }
}
