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
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.model.Finding;
import io.grace.core.model.Person;
import io.grace.core.model.Plan;
import io.grace.core.model.Plan.Result;
import io.grace.core.state.Progress.Halt;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Progress.Then;
import io.grace.core.state.Run.Aftermath;
import io.grace.core.state.Run.Asking;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Facts;
import io.grace.core.state.Run.Outcome;
import io.grace.core.state.Run.Proposed;
import io.grace.core.state.Run.Unwinding;
import io.grace.core.state.Run.Verifying;
import io.grace.core.state.Run.Working;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
          case Move(Proposed p, RunAdmitted e) ->
              new Working(p.facts(), Progress.begin(p.facts().plan(), at), e.deadline(), at);
          case Move(Proposed p, RunRejected e) -> idle(p, Outcome.REJECTED, e.reason(), at);
          case Move(Proposed p, RunDenied e) -> idle(p, Outcome.REJECTED, e.reason(), at);
          case Move(Proposed p, RunExpired e) -> idle(p, Outcome.EXPIRED, e.reason(), at);
          case Move(Proposed p, RunObserved e) -> idle(p, Outcome.EXPIRED, e.would(), at);
          case Move(Proposed p, RunCancelled e) -> idle(p, Outcome.ABORTED, e.reason(), at);

          case Move(Working w, StepStarted e) when isNext(w, e) ->
              w.with(w.progress().started(e.step(), e.attempt(), e.epoch(), at), at);
          case Move(Working w, StepEnded e) when isOf(w, e) -> afterStep(w, e);
          case Move(Working w, StepChecked e) when isChecking(w, e) -> afterCheck(w, e);
          case Move(Working w, StepDecided e) when isOpen(w, e.step()) -> decided(w, e);
          case Move(Working w, StepAnswered e) when isAnswer(w, e) ->
              settled(w.with(w.progress().over(w.plan(), e.step(), e.answer(), at), at), at);
          case Move(Working w, RunDeferred e) when w.progress().isFresh() ->
              new Proposed(w.facts(), e.expires(), Optional.of(e.until()), at);
          case Move(Working w, RunDenied e) when w.progress().acted() ->
              halt(w, new Halt(Then.UNDO, Outcome.ABORTED, e.reason()), at);
          case Move(Working w, RunDenied e) -> stop(w, Outcome.REJECTED, e.reason(), at);
          case Move(Working w, RunExpired e) -> stop(w, Outcome.EXPIRED, e.reason(), at);
          case Move(Working w, RunCancelled e) -> stop(w, Outcome.ABORTED, e.reason(), at);

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

          case Move(Unwinding u, CompensationStarted e) when e.step() == u.next() ->
              new Compensating(
                  u.facts(),
                  e.step(),
                  u.left().subList(0, u.left().size() - 1),
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
                      c.facts(), c.left(), c.undone() + 1, c.reason(), c.end(), c.deadline(), at)
                  : unsure(c.facts(), c.reason() + "; undo failed: " + e.detail(), at);
          case Move(Compensating c, RunExpired e) ->
              unsure(c.facts(), c.reason() + "; undo not finished: " + e.reason(), at);

          default -> null;
        };
    return Optional.ofNullable(next);
  }

  private static boolean isNext(Working run, StepStarted event) {
    return isStep(run, event.step())
        && run.progress().halt().isEmpty()
        && run.progress().place(event.step()) instanceof Place.Due(int attempt, _)
        && attempt == event.attempt();
  }

  private static boolean isOf(Working run, StepEnded event) {
    return isStep(run, event.step())
        && run.progress().place(event.step()) instanceof Place.Acting(int attempt, _, _)
        && attempt == event.attempt();
  }

  private static boolean isChecking(Working run, StepChecked event) {
    return isStep(run, event.step())
        && (run.progress().place(event.step()) instanceof Place.Checking
            || (isOpen(run, event.step())
                && run.plan().steps().get(event.step()).work() instanceof Plan.Judge));
  }

  private static boolean isOpen(Working run, int step) {
    return isStep(run, step)
        && run.progress().halt().isEmpty()
        && run.progress().place(step) instanceof Place.Open;
  }

  private static boolean isAnswer(Working run, StepAnswered event) {
    return isOpen(run, event.step())
        && run.plan().steps().get(event.step()).work() instanceof Plan.Ask ask
        && ask.answer().admits(event.answer());
  }

  private static boolean isStep(Working run, int step) {
    return step >= 0 && step < run.progress().places().size();
  }

  /// One vote per person: the newest counts.
  private static Run withApproval(Proposed p, RunApproved e) {
    var approvals = new ArrayList<>(p.facts().approvals());
    approvals.removeIf(a -> Person.isSame(a.by(), e.by()));
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

  /// Nothing begun yet is simply the end; otherwise what was done, or may have been, is undone.
  private static Run stop(Working w, Outcome untouched, String reason, Instant at) {
    return w.progress().acted()
        ? unwind(w.facts(), w.progress().touched(), Outcome.ABORTED, reason, at)
        : new Done(w.facts(), untouched, Aftermath.CLEAN, false, reason, at);
  }

  private static Run afterStep(Working w, StepEnded e) {
    Plan plan = w.plan();
    Plan.Act act = plan.steps().get(e.step()).act().orElseThrow();
    Progress p = w.progress();
    return switch (e.outcome()) {
      case DONE ->
          act.check().isPresent() && p.halt().isEmpty()
              ? w.with(p.checking(e.step(), e.at()), e.at())
              : settled(w.with(p.over(plan, e.step(), Result.DONE, e.at()), e.at()), e.at());
      case PASSING ->
          e.attempt() < act.retries().max() && p.halt().isEmpty()
              ? w.with(
                  p.again(
                      e.step(),
                      e.attempt() + 1,
                      e.at().plus(act.retries().before(e.attempt() + 1))),
                  e.at())
              : failed(w, act, e);
      case FAILED -> failed(w, act, e);
      // Never repeated: look whether it helped, and count it among what must be undone.
      case UNKNOWN ->
          halt(
              w.with(p.over(plan, e.step(), Result.FAILED, e.at()), e.at()),
              new Halt(Then.VERIFY, Outcome.ROLLED_BACK, e.detail()),
              e.at());
    };
  }

  private static Run failed(Working w, Plan.Act act, StepEnded e) {
    var after = w.with(w.progress().failed(w.plan(), e.step(), e.at()), e.at());
    return act.goesOn()
        ? settled(after, e.at())
        : halt(after, new Halt(Then.UNDO, Outcome.ROLLED_BACK, e.detail()), e.at());
  }

  private static Run afterCheck(Working w, StepChecked e) {
    boolean goesOn = w.plan().steps().get(e.step()).act().map(Plan.Act::goesOn).orElse(false);
    var result = e.finding() == Finding.PASSED ? Result.DONE : Result.FAILED;
    var after = w.with(w.progress().over(w.plan(), e.step(), result, e.at()), e.at());
    return switch (e.finding()) {
      case PASSED -> settled(after, e.at());
      case FAILED ->
          goesOn
              ? settled(after, e.at())
              : halt(after, new Halt(Then.UNDO, Outcome.ROLLED_BACK, e.detail()), e.at());
      case INCONCLUSIVE -> halt(after, new Halt(Then.ASK, Outcome.ROLLED_BACK, e.detail()), e.at());
    };
  }

  private static Run decided(Working w, StepDecided e) {
    var after = w.with(w.progress().over(w.plan(), e.step(), e.result(), e.at()), e.at());
    boolean isEnough =
        switch (w.plan().steps().get(e.step()).work()) {
          case Plan.Await a -> a.goesOn() || e.result().equals(Result.MET);
          case Plan.Ask q -> q.answer().admits(e.result());
          case Plan.Choose _, Plan.Pacing _, Plan.Judge _, Plan.Act _ -> true;
        };
    return isEnough
        ? settled(after, e.at())
        : halt(after, new Halt(Then.UNDO, Outcome.ROLLED_BACK, e.detail()), e.at());
  }

  private static Run halt(Working w, Halt halt, Instant at) {
    return settled(w.with(w.progress().halted(halt), at), at);
  }

  /// What follows once nothing is under way any more.
  private static Run settled(Working w, Instant at) {
    Progress p = w.progress();
    if (p.halt().isEmpty()) {
      return p.isOver() ? finished(w, at) : w;
    }
    if (p.isActing()) {
      return w;
    }
    Halt halt = p.halt().get();
    return switch (halt.then()) {
      case VERIFY -> new Verifying(w.facts(), p.touched(), w.deadline(), at);
      case ASK -> ask(w.facts(), p.touched(), halt.reason(), at);
      case UNDO ->
          p.acted()
              ? unwind(w.facts(), p.touched(), halt.end(), halt.reason(), at)
              : new Done(w.facts(), Outcome.ABORTED, Aftermath.CLEAN, false, halt.reason(), at);
    };
  }

  private static Run finished(Working w, Instant at) {
    return w.progress().acted()
        ? new Verifying(w.facts(), w.progress().touched(), w.deadline(), at)
        : new Done(
            w.facts(), Outcome.EXPIRED, Aftermath.CLEAN, false, "no step was called for", at);
  }

  private static Run judged(
      Facts facts, List<Integer> done, Finding finding, String detail, Instant at) {
    return switch (finding) {
      case PASSED -> new Done(facts, Outcome.SUCCEEDED, Aftermath.CLEAN, true, detail, at);
      case FAILED -> unwind(facts, done, Outcome.ROLLED_BACK, detail, at);
      case INCONCLUSIVE -> ask(facts, done, detail, at);
    };
  }

  /// A question has the run's own time again to be answered.
  private static Run ask(Facts facts, List<Integer> done, String question, Instant at) {
    return new Asking(facts, done, question, at.plus(facts.plan().timeout()), at);
  }

  /// Undoing has the run's own time again, counted from here.
  private static Run unwind(
      Facts facts, List<Integer> done, Outcome end, String reason, Instant at) {
    return unwindFrom(facts, done, 0, reason, end, at.plus(facts.plan().timeout()), at);
  }

  /// Steps that leave nothing behind are passed over.
  private static Run unwindFrom(
      Facts facts,
      List<Integer> left,
      int undone,
      String reason,
      Outcome end,
      Instant deadline,
      Instant at) {
    int next = left.size();
    while (next > 0 && facts.plan().steps().get(left.get(next - 1)).compensation().isEmpty()) {
      next--;
    }
    if (next > 0) {
      return new Unwinding(facts, left.subList(0, next), undone, reason, end, deadline, at);
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
