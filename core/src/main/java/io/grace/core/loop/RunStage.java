package io.grace.core.loop;

import io.grace.core.event.Event;
import io.grace.core.event.Event.CompensationEnded;
import io.grace.core.event.Event.CompensationStarted;
import io.grace.core.event.Event.RunAdmitted;
import io.grace.core.event.Event.RunDeferred;
import io.grace.core.event.Event.RunDenied;
import io.grace.core.event.Event.RunExpired;
import io.grace.core.event.Event.RunObserved;
import io.grace.core.event.Event.RunVerified;
import io.grace.core.event.Event.StepChecked;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.govern.Ask;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Verdict;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Mode;
import io.grace.core.model.Verification;
import io.grace.core.monitor.Readings;
import io.grace.core.monitor.Verifier;
import io.grace.core.monitor.Verifier.Judgement;
import io.grace.core.policy.Policy;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Acting;
import io.grace.core.state.Run.Asking;
import io.grace.core.state.Run.Checking;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Proposed;
import io.grace.core.state.Run.Ready;
import io.grace.core.state.Run.Unwinding;
import io.grace.core.state.Run.Verifying;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Moves every open run one state on, where its time, the gate or the measurements say so.
final class RunStage {
  private final Policy policy;

  RunStage(Policy policy) {
    this.policy = policy;
  }

  /// At most one start a pass, so that the next run is judged with this one in the budget.
  List<Event> decide(Snapshot snapshot, Readings readings, Instant now) {
    var events = new ArrayList<Event>();
    for (Run run : new TreeMap<>(snapshot.runs()).values()) {
      Optional<Event> next = next(run, snapshot, readings, now);
      if (next.isPresent()) {
        events.add(next.get());
        if (next.get() instanceof RunAdmitted || next.get() instanceof StepStarted) {
          return events;
        }
      }
    }
    return events;
  }

  private Optional<Event> next(Run run, Snapshot snapshot, Readings readings, Instant now) {
    return switch (run) {
      case Proposed p -> proposed(p, snapshot, readings, now);
      case Ready r -> ready(r, snapshot, readings, now);
      case Acting a when a.epoch() < snapshot.life().epoch() ->
          Optional.of(
              new StepEnded(
                  a.id(), a.step(), a.attempt(), StepOutcome.UNKNOWN, interrupted(a.epoch()), now));
      case Acting a -> expiry(a, "step " + a.step() + " did not end in time", now);
      case Checking c -> check(c, snapshot, readings, now);
      case Verifying v -> verify(v, snapshot, readings, now);
      case Asking a -> expiry(a, "nobody answered: " + a.question(), now);
      case Unwinding u -> unwind(u, snapshot, readings, now);
      case Compensating c when c.epoch() < snapshot.life().epoch() ->
          Optional.of(
              new CompensationEnded(
                  c.id(), c.step(), StepOutcome.UNKNOWN, interrupted(c.epoch()), now));
      case Compensating c -> expiry(c, "the undo did not end in time", now);
      case Done _ -> Optional.empty();
    };
  }

  private static String interrupted(long epoch) {
    return "GRACE stopped in life " + epoch + " while it was under way; it is not repeated";
  }

  private static Optional<Event> expiry(Run run, String reason, Instant now) {
    return run.isPastLimit(now)
        ? Optional.of(new RunExpired(run.id(), reason, now))
        : Optional.empty();
  }

  // ---- before the first step

  private Optional<Event> proposed(
      Proposed run, Snapshot snapshot, Readings readings, Instant now) {
    boolean recovered =
        snapshot.health(run.plan().service()).status() == Status.HEALTHY
            || snapshot.incident(run.proposal().incident()).map(i -> !i.isOpen()).orElse(true);
    if (policy.mode(run.plan().service(), run.plan().playbook()) == Mode.OBSERVE) {
      return recovered || run.isPastLimit(now)
          ? Optional.of(
              new RunObserved(
                  run.id(),
                  run.facts().verdict(),
                  recovered,
                  Duration.between(run.facts().proposedAt(), now),
                  now))
          : Optional.empty();
    }
    if (recovered) {
      return Optional.of(new RunExpired(run.id(), "the service recovered by itself", now));
    }
    if (run.isPastLimit(now)) {
      return Optional.of(new RunExpired(run.id(), "not approved in time", now));
    }
    if (run.deferredUntil().map(now::isBefore).orElse(false)) {
      return Optional.empty();
    }
    Verdict verdict = Gate.judge(ask(Moment.FIRST_STEP, run, snapshot, readings, now));
    return switch (verdict) {
      case Verdict.Allowed v ->
          Optional.of(new RunAdmitted(run.id(), v.receipts(), deadline(run, now), now));
      case Verdict.NeedsApproval _ -> Optional.empty();
      case Verdict.Deferred v -> deferral(run, v, now);
      case Verdict.Denied v ->
          Optional.of(new RunDenied(run.id(), v.receipts(), v.rule() + ": " + v.reason(), now));
    };
  }

  private Instant deadline(Run run, Instant now) {
    Duration own = run.plan().timeout();
    Duration limit = policy.limits().runTimeout();
    return now.plus(own.compareTo(limit) < 0 ? own : limit);
  }

  private Optional<Event> deferral(Run run, Verdict.Deferred verdict, Instant now) {
    return verdict
        .until()
        .map(until ->
            new RunDeferred(
                run.id(),
                until,
                until.plus(policy.limits().approvalTimeout()),
                verdict.reason(),
                now));
  }

  // ---- steps

  private Optional<Event> ready(Ready run, Snapshot snapshot, Readings readings, Instant now) {
    if (run.isPastLimit(now)) {
      return Optional.of(new RunExpired(run.id(), "the run took too long", now));
    }
    if (now.isBefore(run.notBefore())) {
      return Optional.empty();
    }
    boolean isFirst = run.phase() == Run.Phase.APPROVED;
    Moment moment = isFirst ? Moment.FIRST_STEP : Moment.LATER_STEP;
    Verdict verdict = Gate.judge(ask(moment, run, snapshot, readings, now));
    return switch (verdict) {
      case Verdict.Allowed v ->
          Optional.of(
              new StepStarted(
                  run.id(), run.next(), run.attempt(), snapshot.life().epoch(), v.receipts(), now));
      // Between steps a closed gate is waited for, within the run's own limit.
      case Verdict.Deferred v -> isFirst ? deferral(run, v, now) : Optional.empty();
      case Verdict.NeedsApproval v ->
          Optional.of(new RunDenied(run.id(), v.receipts(), "approval: " + v.reason(), now));
      case Verdict.Denied v ->
          Optional.of(new RunDenied(run.id(), v.receipts(), v.rule() + ": " + v.reason(), now));
    };
  }

  private Optional<Event> check(Checking run, Snapshot snapshot, Readings readings, Instant now) {
    Verification check = run.plan().steps().get(run.step()).check().orElseThrow();
    Optional<Judgement> judgement = Verifier.judge(check, readings, seenSince(run, snapshot), now);
    if (judgement.isPresent()) {
      var j = judgement.get();
      return Optional.of(new StepChecked(run.id(), run.step(), j.finding(), j.detail(), now));
    }
    return expiry(run, "the run took too long", now);
  }

  private Optional<Event> verify(Verifying run, Snapshot snapshot, Readings readings, Instant now) {
    return Verifier.judge(run.plan().verification(), readings, seenSince(run, snapshot), now)
        .map(j -> new RunVerified(run.id(), j.finding(), j.detail(), now));
  }

  /// Samples from before this life are gone, so time to look starts anew.
  private static Instant seenSince(Run run, Snapshot snapshot) {
    Instant life = snapshot.life().since();
    return life.isAfter(run.since()) ? life : run.since();
  }

  // ---- undo

  private Optional<Event> unwind(Unwinding run, Snapshot snapshot, Readings readings, Instant now) {
    if (run.isPastLimit(now)) {
      return Optional.of(new RunExpired(run.id(), "the undo was not allowed in time", now));
    }
    Verdict verdict = Gate.judge(ask(Moment.UNDO, run, snapshot, readings, now));
    return verdict instanceof Verdict.Allowed
        ? Optional.of(
            new CompensationStarted(run.id(), run.left() - 1, snapshot.life().epoch(), now))
        : Optional.empty();
  }

  private Ask ask(Moment moment, Run run, Snapshot snapshot, Readings readings, Instant now) {
    return new Ask(
        moment,
        Optional.of(run.id()),
        run.proposal(),
        run.facts().approvals(),
        snapshot,
        policy,
        ProposalStage.unmet(run.proposal(), readings, policy, now),
        Freshness.lastHeard(run.plan().service(), snapshot, readings, now),
        now);
  }
}
