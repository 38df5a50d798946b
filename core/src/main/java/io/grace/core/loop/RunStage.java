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
import io.grace.core.event.Event.StepDecided;
import io.grace.core.event.Event.StepEnded;
import io.grace.core.event.Event.StepOutcome;
import io.grace.core.event.Event.StepStarted;
import io.grace.core.govern.Ask;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Gate;
import io.grace.core.govern.Verdict;
import io.grace.core.model.Argument;
import io.grace.core.model.Condition;
import io.grace.core.model.Health.Status;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.Plan.Result;
import io.grace.core.model.Truth;
import io.grace.core.model.Verification;
import io.grace.core.monitor.Readings;
import io.grace.core.monitor.Verifier;
import io.grace.core.policy.Policy;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Asking;
import io.grace.core.state.Run.Compensating;
import io.grace.core.state.Run.Done;
import io.grace.core.state.Run.Proposed;
import io.grace.core.state.Run.Unwinding;
import io.grace.core.state.Run.Verifying;
import io.grace.core.state.Run.Working;
import io.grace.core.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
      case Working w -> work(w, snapshot, readings, now);
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

  private Optional<Event> work(Working run, Snapshot snapshot, Readings readings, Instant now) {
    if (!now.isBefore(run.deadline())) {
      return Optional.of(new RunExpired(run.id(), "the run took too long", now));
    }
    for (int step = 0; step < run.progress().places().size(); step++) {
      Optional<Event> news = news(run, step, snapshot, readings, now);
      if (news.isPresent()) {
        return news;
      }
    }
    return run.progress().halt().isPresent()
        ? Optional.empty()
        : start(run, snapshot, readings, now);
  }

  /// What became of a step that is open.
  private Optional<Event> news(
      Working run, int step, Snapshot snapshot, Readings readings, Instant now) {
    Plan.Step planned = run.plan().steps().get(step);
    return switch (run.progress().place(step)) {
      case Place.Acting(int attempt, long epoch, _) when epoch < snapshot.life().epoch() ->
          Optional.of(
              new StepEnded(run.id(), step, attempt, StepOutcome.UNKNOWN, interrupted(epoch), now));
      case Place.Acting _ ->
          isPast(run.limit(step), now)
              ? Optional.of(new RunExpired(run.id(), planned.name() + " did not end in time", now))
              : Optional.empty();
      case Place.Checking(Instant since) when run.progress().halt().isEmpty() ->
          judged(
              run,
              step,
              planned.act().flatMap(Plan.Act::check).orElseThrow(),
              readings,
              seenSince(since, snapshot),
              now);
      case Place.Open(Instant since) when run.progress().halt().isEmpty() ->
          open(run, step, planned, readings, since, seenSince(since, snapshot), now);
      default -> Optional.empty();
    };
  }

  private static boolean isPast(Optional<Instant> limit, Instant now) {
    return limit.map(l -> !now.isBefore(l)).orElse(false);
  }

  private Optional<Event> judged(
      Working run, int step, Verification check, Readings readings, Instant since, Instant now) {
    return Verifier.judge(check, readings, since, now)
        .map(j -> new StepChecked(run.id(), step, j.finding(), j.detail(), now));
  }

  /// @param since when it opened
  /// @param seen since when samples count
  private Optional<Event> open(
      Working run,
      int step,
      Plan.Step planned,
      Readings readings,
      Instant since,
      Instant seen,
      Instant now) {
    return switch (planned.work()) {
      case Plan.Judge(Verification verification) ->
          judged(run, step, verification, readings, seen, now);
      case Plan.Choose(List<Condition> cases) ->
          Optional.of(chosen(run, step, cases, readings, now));
      case Plan.Pacing(_, Condition good) -> {
        boolean isGood = holds(good, run, readings, now.minus(policy.limits().staleAfter()));
        yield decided(
            run,
            step,
            isGood ? Result.FASTER : Result.SLOWER,
            Verifier.told(good, readings, now.minus(policy.limits().staleAfter())),
            now);
      }
      case Plan.Await(Condition until, _, _) ->
          holds(until, run, readings, seen)
              ? decided(run, step, Result.MET, Verifier.told(until, readings, seen), now)
              : isPast(run.limit(step), now)
                  ? decided(run, step, Result.TIMEOUT, waited(until, readings, since, now), now)
                  : Optional.empty();
      case Plan.Ask ask ->
          isPast(run.limit(step), now)
              ? decided(
                  run,
                  step,
                  ask.otherwise().orElse(Result.TIMEOUT),
                  "nobody answered: " + ask.question(),
                  now)
              : Optional.empty();
      case Plan.Act _ -> Optional.empty();
    };
  }

  private static String waited(Condition until, Readings readings, Instant since, Instant now) {
    return "waited "
        + Duration.between(since, now).toSeconds()
        + " s in vain for "
        + Verifier.told(until, readings, since);
  }

  private Event chosen(
      Working run, int step, List<Condition> cases, Readings readings, Instant now) {
    Instant fresh = now.minus(policy.limits().staleAfter());
    for (int i = 0; i < cases.size(); i++) {
      if (holds(cases.get(i), run, readings, fresh)) {
        return new StepDecided(
            run.id(), step, Result.chosen(i), Verifier.told(cases.get(i), readings, fresh), now);
      }
    }
    String none =
        cases.stream()
            .map(c -> Verifier.told(c, readings, fresh))
            .collect(Collectors.joining("; "));
    return new StepDecided(run.id(), step, Result.NONE, "none holds: " + none, now);
  }

  private static boolean holds(Condition condition, Working run, Readings readings, Instant since) {
    return condition.holds(Verifier.facts(readings, since, run::result)) == Truth.TRUE;
  }

  private static Optional<Event> decided(
      Working run, int step, Argument result, String detail, Instant now) {
    return Optional.of(new StepDecided(run.id(), step, result, detail, now));
  }

  /// The first act that is due, if the gate allows it.
  private Optional<Event> start(Working run, Snapshot snapshot, Readings readings, Instant now) {
    for (int step = 0; step < run.progress().places().size(); step++) {
      if (run.progress().place(step) instanceof Place.Due(int attempt, Instant notBefore)
          && !now.isBefore(notBefore)) {
        return start(run, step, attempt, snapshot, readings, now);
      }
    }
    return Optional.empty();
  }

  private Optional<Event> start(
      Working run, int step, int attempt, Snapshot snapshot, Readings readings, Instant now) {
    boolean isFirst = !run.progress().acted();
    Moment moment = isFirst ? Moment.FIRST_STEP : Moment.LATER_STEP;
    Verdict verdict = Gate.judge(ask(moment, run, snapshot, readings, now));
    return switch (verdict) {
      case Verdict.Allowed v ->
          Optional.of(
              new StepStarted(run.id(), step, attempt, snapshot.life().epoch(), v.receipts(), now));
      // Between steps a closed gate is waited for, within the run's own limit.
      case Verdict.Deferred v ->
          run.progress().isFresh() ? deferral(run, v, now) : Optional.empty();
      case Verdict.NeedsApproval v ->
          Optional.of(new RunDenied(run.id(), v.receipts(), "approval: " + v.reason(), now));
      case Verdict.Denied v ->
          Optional.of(new RunDenied(run.id(), v.receipts(), v.rule() + ": " + v.reason(), now));
    };
  }

  private Optional<Event> verify(Verifying run, Snapshot snapshot, Readings readings, Instant now) {
    return Verifier.judge(
            run.plan().verification(), readings, seenSince(run.since(), snapshot), now)
        .map(j -> new RunVerified(run.id(), j.finding(), j.detail(), now));
  }

  /// Samples from before this life are gone, so time to look starts anew.
  private static Instant seenSince(Instant since, Snapshot snapshot) {
    Instant life = snapshot.life().since();
    return life.isAfter(since) ? life : since;
  }

  // ---- undo

  private Optional<Event> unwind(Unwinding run, Snapshot snapshot, Readings readings, Instant now) {
    if (run.isPastLimit(now)) {
      return Optional.of(new RunExpired(run.id(), "the undo was not allowed in time", now));
    }
    Verdict verdict = Gate.judge(ask(Moment.UNDO, run, snapshot, readings, now));
    return verdict instanceof Verdict.Allowed
        ? Optional.of(new CompensationStarted(run.id(), run.next(), snapshot.life().epoch(), now))
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
        Choosing.unmet(run.proposal(), readings, policy, now),
        Freshness.lastHeard(run.plan().service(), snapshot, readings, now),
        now);
  }
}
