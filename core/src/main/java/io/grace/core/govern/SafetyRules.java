package io.grace.core.govern;

import io.grace.core.event.Event;
import io.grace.core.govern.Ask.Moment;
import io.grace.core.govern.Rule.Opinion;
import io.grace.core.model.Action;
import io.grace.core.model.Change;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.Health;
import io.grace.core.model.Mode;
import io.grace.core.model.Plan;
import io.grace.core.model.ServiceId;
import io.grace.core.policy.Limits;
import io.grace.core.state.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Rules on whether GRACE may touch anything at all, and exactly this.
final class SafetyRules {
  private SafetyRules() {}

  static Opinion killSwitch(Ask ask) {
    return ask.snapshot()
        .pause()
        .map(p -> {
          String why = "paused by " + p.by() + " since " + p.since() + ": " + p.reason();
          return ask.moment() == Moment.PROPOSAL
              ? Opinion.denied(why)
              : Opinion.deferred(why, Optional.empty());
        })
        .orElse(Opinion.passed("not paused"));
  }

  /// The ceiling: observing means that a proposal is recorded and nothing else.
  static Opinion mode(Ask ask) {
    Mode mode = ask.policy().mode(ask.proposal().service(), ask.proposal().plan().playbook());
    return switch (mode) {
      case OBSERVE ->
          ask.moment() == Moment.PROPOSAL
              ? Opinion.passed("observe: recorded only, nothing will be run")
              : ask.moment() == Moment.UNDO
                  ? Opinion.deferred("observe: nothing is run", Optional.empty())
                  : Opinion.denied("observe: nothing is run");
      case APPROVE -> Opinion.passed("approve: people decide");
      case AUTONOMOUS -> Opinion.passed("autonomous: within the guardrails");
    };
  }

  /// Known actions with exactly their parameters, on declared targets; steps and undos alike.
  static Opinion admittedActions(Ask ask) {
    var objections = new ArrayList<String>();
    for (Plan.Step step : ask.proposal().plan().steps()) {
      step.act().ifPresent(act -> objections.addAll(objections(ask, act.action())));
      step.compensation().ifPresent(c -> objections.addAll(objections(ask, c)));
    }
    return Opinion.require(
        objections.isEmpty(),
        "every action is known and within its bounds",
        String.join("; ", objections));
  }

  private static List<String> objections(Ask ask, Action action) {
    var spec = ask.policy().catalogue().get(action.name());
    return spec == null ? List.of("unknown action " + action.name()) : spec.objections(action);
  }

  static Opinion policyCurrent(Ask ask) {
    return Opinion.require(
        ask.proposal().policy().equals(ask.policy().hash()),
        "policy " + ask.policy().hash().brief(),
        "the policy changed since the proposal: it was "
            + ask.proposal().policy().brief()
            + ", it is "
            + ask.policy().hash().brief());
  }

  static Opinion telemetryFresh(Ask ask) {
    Duration limit = ask.policy().limits().staleAfter();
    if (ask.snapshot().health(ask.proposal().service()).status() == Health.Status.UNKNOWN
        || ask.lastHeard().isEmpty()) {
      return stale(ask, "nothing is known of " + ask.proposal().service());
    }
    Duration age = Duration.between(ask.lastHeard().get(), ask.now());
    return age.compareTo(limit) <= 0
        ? Opinion.passed("last measured " + age.toMillis() + " ms ago")
        : stale(
            ask, "last measured " + age.toSeconds() + " s ago, limit " + limit.toSeconds() + " s");
  }

  /// A run under way waits for telemetry to come back, within its own limit.
  private static Opinion stale(Ask ask, String why) {
    return ask.moment() == Moment.PROPOSAL
        ? Opinion.denied(why)
        : Opinion.deferred(why, Optional.empty());
  }

  static Opinion stillNeeded(Ask ask) {
    var status = ask.snapshot().health(ask.proposal().service()).status();
    return Opinion.require(
        ask.snapshot().health(ask.proposal().service()).isSick(),
        ask.proposal().service() + " is " + status.name().toLowerCase(Locale.ROOT),
        ask.proposal().service() + " is not sick");
  }

  /// In a storm a symptom says little about its cause, so GRACE waits; a person may know better.
  static Opinion storm(Ask ask) {
    var storm = ask.snapshot().sensed().storm();
    if (storm.isEmpty()) {
      return Opinion.passed("no storm");
    }
    String why =
        "a storm since "
            + storm.get().since()
            + ": "
            + storm.get().alerts()
            + " alerts and sicknesses began";
    return isAskedByPerson(ask)
        ? Opinion.passed(why + "; asked for by " + ask.proposal().requestedBy())
        : ask.moment() == Moment.PROPOSAL
            ? Opinion.denied(why)
            : Opinion.deferred(why, Optional.empty());
  }

  /// When much is broken at its root, the cause is not where GRACE looks.
  static Opinion tooManyBroken(Ask ask) {
    Limits limits = ask.policy().limits();
    int known = Math.max(1, ask.policy().services().size());
    List<ServiceId> sick =
        ask.policy().services().keySet().stream()
            .filter(s -> ask.snapshot().health(s).isSick())
            .toList();
    long roots = sick.size() <= 1 ? sick.size() : roots(ask, sick);
    String count =
        String.format(
            Locale.ROOT,
            "%d of %d services sick at their root, limits %d and %.0f%%",
            roots,
            known,
            limits.broken(),
            limits.brokenPercent());
    boolean isTooMuch =
        roots > limits.broken() || (roots > 1 && 100.0 * roots / known > limits.brokenPercent());
    if (isTooMuch && isAskedByPerson(ask)) {
      return Opinion.passed(count + "; asked for by " + ask.proposal().requestedBy());
    }
    return Opinion.require(!isTooMuch, count, count + ": a person is called");
  }

  /// Sick services of which no open incident says that another one is the cause.
  private static long roots(Ask ask, List<ServiceId> sick) {
    return sick.stream()
        .filter(s ->
            ask.snapshot()
                .openIncident(s)
                .flatMap(Incident::diagnosis)
                .flatMap(Diagnosis::causedBy)
                .isEmpty())
        .count();
  }

  private static boolean isAskedByPerson(Ask ask) {
    return !ask.proposal().requestedBy().equals(Event.GRACE);
  }

  /// Whoever touched a target since it fell sick is at work on it: a person, a deploy, another
  /// controller. What was changed before is a suspect and no owner. A person who asks for the plan,
  /// or agrees to it afterwards, knows of it.
  static Opinion ownership(Ask ask) {
    Duration standBack = ask.policy().sensing().standBack();
    Instant since = ask.now().minus(standBack);
    Optional<Instant> began =
        ask.snapshot().incident(ask.proposal().incident()).map(Incident::began);
    Optional<Change> newest =
        ask.proposal().plan().targets().stream()
            .flatMap(t -> ask.snapshot().sensed().changes().getOrDefault(t, List.of()).stream())
            .filter(c -> !c.by().equals(Event.GRACE))
            .filter(c -> c.at().isAfter(since) && c.at().isAfter(began.orElse(Instant.MAX)))
            .max(Comparator.comparing(Change::at).thenComparing(Change::id));
    if (newest.isEmpty() || isAskedByPerson(ask)) {
      return Opinion.passed("nobody else is at work on its targets");
    }
    Change change = newest.get();
    String what =
        change.kind().name().toLowerCase(Locale.ROOT)
            + " of "
            + change.service()
            + (change.by().isEmpty() ? "" : " by " + change.by())
            + " at "
            + change.at();
    boolean isKnown = ask.approvals().stream().anyMatch(a -> a.at().isAfter(change.at()));
    return isKnown
        ? Opinion.passed("approved after the " + what)
        : Opinion.deferred(
            "somebody else is at work: " + what, Optional.of(change.at().plus(standBack)));
  }

  static Opinion preconditions(Ask ask) {
    return Opinion.require(
        ask.unmet().isEmpty(),
        ask.proposal().plan().preconditions().isEmpty() ? "none" : "all hold",
        String.join("; ", ask.unmet()));
  }
}
