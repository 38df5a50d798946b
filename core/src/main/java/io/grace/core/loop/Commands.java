package io.grace.core.loop;

import io.grace.core.analyze.Calls;
import io.grace.core.event.Event;
import io.grace.core.event.Event.IncidentAcknowledged;
import io.grace.core.event.Event.IncidentNoted;
import io.grace.core.event.Event.Paused;
import io.grace.core.event.Event.Resumed;
import io.grace.core.event.Event.RunAnswered;
import io.grace.core.event.Event.RunApproved;
import io.grace.core.event.Event.RunCancelled;
import io.grace.core.event.Event.RunEvent;
import io.grace.core.event.Event.RunRejected;
import io.grace.core.event.Event.StepAnswered;
import io.grace.core.event.Sighting.TriggerJudged;
import io.grace.core.govern.Verdict;
import io.grace.core.model.Argument;
import io.grace.core.model.Candidate;
import io.grace.core.model.Finding;
import io.grace.core.model.Mode;
import io.grace.core.model.Person;
import io.grace.core.model.Plan;
import io.grace.core.model.Proposal;
import io.grace.core.model.RunId;
import io.grace.core.model.Trigger;
import io.grace.core.monitor.Readings;
import io.grace.core.plan.Planner;
import io.grace.core.policy.Policy;
import io.grace.core.state.Incident;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Run.Asking;
import io.grace.core.state.Run.Proposed;
import io.grace.core.state.Run.Working;
import io.grace.core.state.RunTable;
import io.grace.core.state.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Turns what people ask into events, or into a reason why not.
public final class Commands {
  private Commands() {}

  /// What came of a command.
  public sealed interface Outcome {
    /// @param event to be recorded; empty if it is so already
    record Accepted(Optional<Event> event) implements Outcome {}

    record Refused(Why why, String reason) implements Outcome {}

    /// What would be proposed, and what the gate says to it; nothing is recorded.
    record Planned(Proposal proposal, Verdict verdict) implements Outcome {}

    enum Why {
      /// There is no such run, incident or playbook.
      UNKNOWN,
      /// Not in this state, or the gate says no.
      CONFLICT,
      /// Never by this person.
      FORBIDDEN
    }
  }

  public static Outcome decide(
      Command command, Snapshot snapshot, Policy policy, Readings readings, Instant now) {
    return switch (command) {
      case Command.Pause c ->
          accept(
              snapshot.isPaused()
                  ? Optional.empty()
                  : Optional.of(new Paused(c.by(), c.reason(), now)));
      case Command.Resume c ->
          accept(
              snapshot.isPaused()
                  ? Optional.of(new Resumed(c.by(), c.reason(), now))
                  : Optional.empty());
      case Command.Approve c -> approve(c, snapshot, policy, now);
      case Command.Reject c ->
          onRun(c.run(), snapshot, new RunRejected(c.run(), c.by(), c.reason(), now));
      case Command.Cancel c ->
          onRun(c.run(), snapshot, new RunCancelled(c.run(), c.by(), c.reason(), now));
      case Command.Answer c -> answer(c, snapshot, now);
      case Command.AnswerStep c -> answer(c, snapshot, now);
      case Command.Acknowledge c -> acknowledge(c, snapshot, now);
      case Command.Note c -> note(c, snapshot, now);
      case Command.Merge c -> Merging.merge(c, snapshot, now);
      case Command.Split c -> Merging.split(c, snapshot, now);
      case Command.Judge c -> judge(c, snapshot, now);
      case Command.Move c -> Moving.move(c, snapshot.motions(), now);
      case Command.Vote c -> Moving.vote(c, snapshot.motions(), now);
      case Command.Withdraw c -> Moving.withdraw(c, snapshot.motions(), now);
      case Command.Lapse c -> Moving.lapse(c, snapshot.motions(), now);
      case Command.Propose c -> propose(c, snapshot, policy, readings, now);
      case Command.Plan c ->
          plan(
              new Command.Propose(c.incident(), c.playbook(), c.by(), "a look"),
              snapshot,
              policy,
              readings,
              now);
    };
  }

  private static Outcome accept(Optional<Event> event) {
    return new Outcome.Accepted(event);
  }

  private static Outcome accept(Event event) {
    return new Outcome.Accepted(Optional.of(event));
  }

  private static Outcome refuse(Outcome.Why why, String reason) {
    return new Outcome.Refused(why, reason);
  }

  private static Outcome onRun(RunId id, Snapshot snapshot, RunEvent event) {
    Optional<Run> run = snapshot.run(id);
    if (run.isEmpty()) {
      return refuse(Outcome.Why.UNKNOWN, "no open run " + id);
    }
    return RunTable.accepts(run.get(), event)
        ? accept(event)
        : refuse(
            Outcome.Why.CONFLICT,
            id + " is " + run.get().phase().name().toLowerCase(Locale.ROOT) + " and past that");
  }

  private static Outcome approve(Command.Approve c, Snapshot snapshot, Policy policy, Instant now) {
    Optional<Run> run = snapshot.run(c.run());
    if (run.isPresent() && run.get() instanceof Proposed p) {
      if (Person.isSame(p.proposal().requestedBy(), c.by())) {
        return refuse(
            Outcome.Why.FORBIDDEN, c.by() + " asked for " + c.run() + " and cannot approve it");
      }
      if (!p.proposal().hash().equals(c.hash())) {
        return refuse(
            Outcome.Why.CONFLICT,
            "approved was plan "
                + c.hash().brief()
                + ", but the plan of "
                + c.run()
                + " is "
                + p.proposal().hash().brief());
      }
      if (policy.mode(p.plan().service(), p.plan().playbook()) == Mode.OBSERVE) {
        return refuse(
            Outcome.Why.CONFLICT,
            p.plan().service() + " is in observe mode: nothing is run, so nothing is approved");
      }
    }
    return onRun(
        c.run(), snapshot, new RunApproved(c.run(), c.by(), c.hash(), c.scope(), c.reason(), now));
  }

  private static Outcome answer(Command.Answer c, Snapshot snapshot, Instant now) {
    Optional<Run> run = snapshot.run(c.run());
    if (run.isPresent() && !(run.get() instanceof Asking)) {
      return refuse(Outcome.Why.CONFLICT, c.run() + " asks nothing");
    }
    if (c.finding() == Finding.INCONCLUSIVE) {
      return refuse(Outcome.Why.CONFLICT, "the answer must be passed or failed");
    }
    return onRun(c.run(), snapshot, new RunAnswered(c.run(), c.by(), c.finding(), c.reason(), now));
  }

  /// The one question that is open, or the one of the step that is named.
  private static Outcome answer(Command.AnswerStep c, Snapshot snapshot, Instant now) {
    Optional<Run> run = snapshot.run(c.run());
    if (run.isEmpty()) {
      return refuse(Outcome.Why.UNKNOWN, "no open run " + c.run());
    }
    List<Integer> open = run.get() instanceof Working w ? questions(w, c.step()) : List.of();
    if (open.size() != 1) {
      return refuse(
          Outcome.Why.CONFLICT,
          open.isEmpty()
              ? c.run() + " asks nothing" + c.step().map(s -> " at step " + s).orElse("")
              : c.run() + " asks more than one question; name the step");
    }
    int step = open.getFirst();
    var bound = ((Plan.Ask) run.get().plan().steps().get(step).work()).answer();
    Argument answer = bound.fitted(c.answer());
    return bound.admits(answer)
        ? accept(new StepAnswered(c.run(), step, c.by(), answer, c.reason(), now))
        : refuse(Outcome.Why.CONFLICT, "the answer must be " + bound.wanted() + ": " + c.answer());
  }

  private static List<Integer> questions(Working run, Optional<String> name) {
    var steps = run.plan().steps();
    return IntStream.range(0, steps.size())
        .filter(i -> run.progress().place(i) instanceof Place.Open)
        .filter(i -> steps.get(i).work() instanceof Plan.Ask)
        .filter(i -> name.map(steps.get(i).name()::equals).orElse(true))
        .boxed()
        .toList();
  }

  private static Outcome acknowledge(Command.Acknowledge c, Snapshot snapshot, Instant now) {
    Optional<Incident> incident = snapshot.incident(c.incident());
    if (incident.isEmpty() || !incident.get().isOpen()) {
      return refuse(Outcome.Why.UNKNOWN, "no open incident " + c.incident());
    }
    return accept(new IncidentAcknowledged(c.incident(), c.by(), now));
  }

  private static Outcome note(Command.Note c, Snapshot snapshot, Instant now) {
    if (snapshot.incident(c.incident()).isEmpty()) {
      return refuse(
          Outcome.Why.UNKNOWN, "no incident " + c.incident() + " that is open or ended lately");
    }
    return accept(new IncidentNoted(c.incident(), c.by(), c.reason(), now));
  }

  private static Outcome judge(Command.Judge c, Snapshot snapshot, Instant now) {
    Trigger trigger = snapshot.sensed().triggers().get(c.trigger());
    if (trigger == null) {
      return refuse(
          Outcome.Why.UNKNOWN, "no open trigger " + c.trigger() + "; it may have been judged");
    }
    return accept(
        new TriggerJudged(
            trigger.key(),
            c.isTrue() ? Trigger.Outcome.CAME_TRUE : Trigger.Outcome.DID_NOT,
            Optional.empty(),
            c.reason(),
            c.by(),
            now));
  }

  private static Outcome propose(
      Command.Propose c, Snapshot snapshot, Policy policy, Readings readings, Instant now) {
    return switch (plan(c, snapshot, policy, readings, now)) {
      case Outcome.Planned(_, Verdict.Denied denied) ->
          refuse(Outcome.Why.CONFLICT, denied.rule() + ": " + denied.reason());
      case Outcome.Planned(Proposal proposal, Verdict verdict) ->
          accept(ProposalStage.proposed(proposal, verdict, snapshot, policy, now));
      case Outcome other -> other;
    };
  }

  private static Outcome plan(
      Command.Propose c, Snapshot snapshot, Policy policy, Readings readings, Instant now) {
    Optional<Incident> incident = snapshot.incident(c.incident()).filter(Incident::isOpen);
    if (incident.isEmpty() || incident.get().diagnosis().isEmpty()) {
      return refuse(Outcome.Why.UNKNOWN, "no open, diagnosed incident " + c.incident());
    }
    var playbook = policy.playbooks().stream().filter(p -> p.id().equals(c.playbook())).findFirst();
    if (playbook.isEmpty()) {
      return refuse(Outcome.Why.UNKNOWN, "no playbook " + c.playbook());
    }
    var diagnosis = incident.get().diagnosis().get();
    var option =
        Planner.option(
            playbook.get(),
            diagnosis,
            Map.of(),
            policy,
            snapshot,
            Calls.together(policy.topology(), snapshot.sensed().calls().keySet()));
    if (option.plan().isEmpty()) {
      return refuse(Outcome.Why.CONFLICT, option.obstacle());
    }
    Proposal proposal =
        Choosing.proposal(
            incident.get(),
            diagnosis,
            option.plan().get(),
            c.by(),
            List.of(
                new Candidate(
                    option.playbook(),
                    option.score(),
                    1,
                    "asked for: " + c.reason(),
                    Optional.empty())),
            Choosing.circumstances(diagnosis.service(), policy, snapshot, readings, now),
            List.of(),
            policy,
            Calls.together(policy.topology(), snapshot.sensed().calls().keySet()));
    Verdict verdict = Choosing.judge(proposal, policy, snapshot, readings, now);
    return new Outcome.Planned(proposal, verdict);
  }
}
