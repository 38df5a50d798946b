package io.grace.core.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A playbook made definite for one service: every target and argument fixed. This is what people
/// approve and what runs. *Immutable.*
public record Plan(
    PlaybookId playbook,
    int version,
    ServiceId service,
    List<Check> preconditions,
    List<Step> steps,
    Verification verification,
    Impact impact,
    boolean reversible,
    Duration timeout) {
  /// A step made definite.
  ///
  /// @param compensation empty if there is nothing to take back, or nothing can
  public record Step(
      String name,
      Action action,
      Duration timeout,
      Retries retries,
      Optional<Verification> check,
      Optional<Action> compensation) {}

  public Plan {
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(playbook + " plans no step");
    }
  }

  /// The services that the plan touches.
  public Set<ServiceId> targets() {
    var targets = new HashSet<ServiceId>();
    for (Step step : steps) {
      targets.add(step.action().target());
      step.compensation().ifPresent(c -> targets.add(c.target()));
    }
    return Set.copyOf(targets);
  }
}
