package io.grace.core.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A playbook made definite for one service: every target, argument and repetition fixed. This is
/// what people approve and what runs. *Immutable.*
///
/// The steps are in an order in which they could all be done: each waits only for earlier ones, so
/// nothing can go round in a circle.
///
/// @param groups the limits on what is under way at once
public record Plan(
    PlaybookId playbook,
    int version,
    ServiceId service,
    List<Condition> preconditions,
    List<Step> steps,
    List<Group> groups,
    Verification verification,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  /// Steps of one plan, with all repetitions.
  public static final int MOST_STEPS = 400;

  /// One thing to do, to find out or to wait for.
  ///
  /// @param after the steps that must be over before, by their number from 0
  /// @param when what must have come of earlier steps; if it did not, the step is skipped
  /// @param slot the place it takes up in a group
  public record Step(
      String name, Work work, List<Integer> after, List<Guard> when, Optional<Slot> slot) {
    public Step {
      after = List.copyOf(after);
      when = List.copyOf(when);
    }

    public Optional<Act> act() {
      return work instanceof Act act ? Optional.of(act) : Optional.empty();
    }

    /// What takes it back; empty if it changes nothing that can be.
    public Optional<Action> compensation() {
      return act().flatMap(Act::compensation);
    }

    /// How long it may take at most, with retries and its check.
    public Duration longest() {
      return switch (work) {
        case Act a ->
            a.timeout()
                .multipliedBy(1L + a.retries().max())
                .plus(a.retries().longest())
                .plus(a.check().map(Verification::timeout).orElse(Duration.ZERO));
        case Await w -> w.timeout();
        case Ask q -> q.timeout();
        case Judge j -> j.verification().timeout();
        case Choose _, Pacing _ -> Duration.ZERO;
      };
    }
  }

  /// What a step is. Only an [Act] touches the world.
  public sealed interface Work {}

  /// @param compensation empty if there is nothing to take back, or nothing can
  /// @param goesOn whether the run goes on if it fails
  public record Act(
      Action action,
      Duration timeout,
      Retries retries,
      Optional<Verification> check,
      Optional<Action> compensation,
      boolean goesOn)
      implements Work {}

  /// Finds the first condition that holds; its number, from 0, is the result, else [Result#NONE].
  public record Choose(List<Condition> cases) implements Work {
    public Choose {
      cases = List.copyOf(cases);
    }
  }

  /// @param goesOn whether the run goes on if the condition does not hold in time
  public record Await(Condition until, Duration timeout, boolean goesOn) implements Work {}

  /// @param otherwise the answer if nobody gives one in time
  public record Ask(String question, Bound answer, Duration timeout, Optional<Argument> otherwise)
      implements Work {}

  /// Judges what was done so far, as a verification does.
  public record Judge(Verification verification) implements Work {}

  /// Whether the group may go faster.
  public record Pacing(int group, Condition good) implements Work {}

  /// An earlier step must have had one of these results.
  public record Guard(int step, Set<Argument> results) {
    public Guard {
      results = Set.copyOf(results);
    }
  }

  /// @param item steps with the same one take one place together
  public record Slot(int group, int item) {}

  /// @param start how many items are under way at once to begin with
  /// @param most and at most
  public record Group(String name, int items, int start, int most) {}

  /// What comes of steps.
  public static final class Result {
    public static final Argument DONE = new Argument.Text("done");
    public static final Argument FAILED = new Argument.Text("failed");
    public static final Argument SKIPPED = new Argument.Text("skipped");
    public static final Argument MET = new Argument.Text("met");
    public static final Argument TIMEOUT = new Argument.Text("timeout");
    public static final Argument NONE = new Argument.Text("none");
    public static final Argument FASTER = new Argument.Text("faster");
    public static final Argument SLOWER = new Argument.Text("slower");

    private Result() {}

    /// The result of a choice.
    public static Argument chosen(int number) {
      return new Argument.Text("case " + (number + 1));
    }
  }

  public Plan {
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
    groups = List.copyOf(groups);
    if (steps.stream().noneMatch(s -> s.act().isPresent())) {
      throw new IllegalArgumentException(playbook + " plans no step");
    }
    if (steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          playbook + " plans " + steps.size() + " steps; at most are " + MOST_STEPS);
    }
    for (int i = 0; i < steps.size(); i++) {
      int number = i;
      if (steps.get(i).after().stream().anyMatch(before -> before < 0 || before >= number)
          || steps.get(i).when().stream().anyMatch(g -> g.step() < 0 || g.step() >= number)) {
        throw new IllegalArgumentException(
            playbook + ": " + steps.get(i).name() + " must not wait for a later step");
      }
    }
  }

  /// The same with another way to judge it.
  public Plan with(Verification other) {
    return new Plan(
        playbook,
        version,
        service,
        preconditions,
        steps,
        groups,
        other,
        impact,
        reversible,
        timeout);
  }

  /// The services that the plan touches.
  public Set<ServiceId> targets() {
    var targets = new HashSet<ServiceId>();
    for (Step step : steps) {
      step.act().ifPresent(act -> targets.add(act.action().target()));
      step.compensation().ifPresent(c -> targets.add(c.target()));
    }
    return Set.copyOf(targets);
  }
}
