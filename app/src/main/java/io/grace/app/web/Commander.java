package io.grace.app.web;

import io.grace.app.Backend;
import io.grace.app.guard.Problem;
import io.grace.core.event.Event;
import io.grace.core.loop.Command;
import io.grace.core.loop.Commands.Outcome;
import io.grace.runtime.loop.Reply.Answer;
import java.util.Optional;

/// Puts what a person asks for to the loop, and its answer into HTTP.
public final class Commander {
  private final Backend backend;

  public Commander(Backend backend) {
    this.backend = backend;
  }

  /// Returns once it is durable.
  ///
  /// @return what was recorded; empty if it was so already
  /// @throws Refusal if it was refused or could not be recorded
  public Optional<Event> perform(Command command) {
    return switch (ask(command)) {
      case Answer.Decided(Outcome.Accepted(Optional<Event> event)) -> event;
      case Answer.Decided(Outcome.Refused(Outcome.Why why, String reason)) ->
          throw new Refusal(problem(why, reason));
      case Answer.Decided(Outcome.Planned _) ->
          throw new IllegalStateException("a command that acts was only planned: " + command);
      case Answer.NotRecorded(String reason) ->
          throw new Refusal(
              Problem.unavailable("not-recorded", "nothing was done or recorded: " + reason));
    };
  }

  /// What would be proposed; nothing is recorded.
  ///
  /// @throws Refusal if it cannot be planned
  public Outcome.Planned plan(Command.Plan command) {
    return switch (ask(command)) {
      case Answer.Decided(Outcome.Planned planned) -> planned;
      case Answer.Decided(Outcome.Refused(Outcome.Why why, String reason)) ->
          throw new Refusal(problem(why, reason));
      case Answer other -> throw new IllegalStateException("a plan was answered with " + other);
    };
  }

  private Answer ask(Command command) {
    try {
      return backend
          .ask(command)
          .orElseThrow(() ->
              new Refusal(
                  new Problem(
                      504,
                      "no-answer",
                      "No answer in time",
                      "it is not known whether this is carried out; look before you repeat it")));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refusal(Problem.unavailable("stopping", "GRACE is stopping"));
    }
  }

  private static Problem problem(Outcome.Why why, String reason) {
    return switch (why) {
      case UNKNOWN -> Problem.notFound(reason);
      case CONFLICT -> new Problem(409, "conflict", "Not now", reason);
      case FORBIDDEN -> Problem.forbidden(reason);
    };
  }
}
