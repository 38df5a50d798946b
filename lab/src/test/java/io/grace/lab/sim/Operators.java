package io.grace.lab.sim;

import io.grace.core.event.Event.ApprovalScope;
import io.grace.core.loop.Command;
import io.grace.core.model.Argument;
import io.grace.core.model.Finding;
import io.grace.core.model.Hash;
import io.grace.core.model.Plan;
import io.grace.core.policy.Policy;
import io.grace.core.state.Progress.Place;
import io.grace.core.state.Run;
import io.grace.core.state.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// People who approve, reject, cancel, pause, resume, answer and ask, rightly and wrongly.
final class Operators {
  private static final List<String> PEOPLE = List.of("ann", "bob", "cleo");

  private final Dice dice;

  Operators(Dice dice) {
    this.dice = dice;
  }

  List<Command> ask(Snapshot snapshot, Policy policy) {
    var asked = new ArrayList<Command>();
    if (dice.permille(snapshot.isPaused() ? 120 : 8)) {
      asked.add(
          snapshot.isPaused() == dice.percent(95)
              ? new Command.Resume(who(), "go on")
              : new Command.Pause(who(), "stop"));
    }
    for (Run run : new TreeMap<>(snapshot.runs()).values()) {
      if (dice.percent(18)) {
        asked.add(about(run));
      }
    }
    if (dice.percent(3) && !snapshot.openIncidents().isEmpty() && !policy.playbooks().isEmpty()) {
      var incident = dice.one(snapshot.openIncidents().values().stream().sorted().toList());
      asked.add(
          dice.percent(20)
              ? new Command.Acknowledge(incident, who(), "mine")
              : new Command.Propose(incident, dice.one(policy.playbooks()).id(), who(), "try it"));
    }
    return asked;
  }

  private Command about(Run run) {
    return switch (run) {
      case Run.Proposed p -> dice.percent(6) ? new Command.Reject(p.id(), who(), "no") : approve(p);
      case Run.Asking a when dice.percent(80) ->
          new Command.Answer(a.id(), dice.oneOf(Finding.values()), who(), "looked at it");
      case Run.Working w when asks(w) && dice.percent(80) ->
          new Command.AnswerStep(
              w.id(),
              Optional.empty(),
              dice.percent(90) ? new Argument.Flag(dice.percent(80)) : new Argument.Whole(3),
              who(),
              "sure");
      default ->
          dice.percent(12)
              ? new Command.Cancel(run.id(), who(), "stop it")
              : dice.percent(20) ? new Command.Reject(run.id(), who(), "too late") : approve(run);
    };
  }

  private static boolean asks(Run.Working run) {
    for (int step = 0; step < run.progress().places().size(); step++) {
      if (run.progress().place(step) instanceof Place.Open
          && run.plan().steps().get(step).work() instanceof Plan.Ask) {
        return true;
      }
    }
    return false;
  }

  private Command approve(Run run) {
    Hash hash = dice.percent(8) ? Hash.sha256("another plan") : run.proposal().hash();
    String by = dice.percent(10) ? run.proposal().requestedBy() : who();
    return new Command.Approve(
        run.id(),
        hash,
        dice.oneOf(ApprovalScope.PLAN, ApprovalScope.PLAN, ApprovalScope.OVERRIDE),
        by,
        "fine");
  }

  private String who() {
    return dice.one(PEOPLE);
  }
}
