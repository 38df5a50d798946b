package io.grace.core.model;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A tested way to heal: what it treats, its steps, how each is undone and how success is told.
/// *Immutable.*
///
/// @param treats the diagnoses it is a candidate for
/// @param parameters what a service may set, with bound and default
/// @param preconditions claims that must hold before it starts
/// @param verification judged after the last step
/// @param prior the believed chance of success before anything was learned, in (0, 1)
/// @param timeout from approval to outcome
public record Playbook(
    PlaybookId id,
    int version,
    String title,
    Set<DiagnosisKind> treats,
    Map<String, Parameter> parameters,
    List<Check> preconditions,
    List<Step> steps,
    Verification verification,
    Impact impact,
    double prior,
    Duration timeout) {
  /// A value that a service may set within bounds.
  public record Parameter(Bound bound, Optional<Argument> defaultValue) {
    public Parameter {
      if (defaultValue.isPresent() && !bound.admits(defaultValue.get())) {
        throw new IllegalArgumentException(
            "default must be " + bound.wanted() + ": " + defaultValue.get());
      }
    }
  }

  /// Where an argument of a step comes from: written in the playbook, or a parameter.
  public sealed interface Source {
    record Literal(Argument value) implements Source {}

    record FromParameter(String name) implements Source {}
  }

  /// An action whose arguments may still be parameters. An empty target means the service of the
  /// incident.
  public record Call(String action, Optional<ServiceId> target, Map<String, Source> arguments) {
    public Call {
      arguments = Map.copyOf(arguments);
    }
  }

  /// How a step is taken back.
  public sealed interface Undo {
    /// By another action.
    record Compensation(Call call) implements Undo {}

    /// The step changes nothing that outlives it, such as a restart; the reason is for people.
    record NotNeeded(String why) implements Undo {}

    /// It cannot be taken back: a person must approve every run.
    record Irreversible() implements Undo {}
  }

  /// One thing done, with its limit, its check and its undo.
  public record Step(
      String name,
      Call call,
      Duration timeout,
      Retries retries,
      Optional<Verification> check,
      Undo undo) {
    public Step {
      Names.require("step", name);
      requirePositive("step " + name + " timeout", timeout);
    }
  }

  /// Steps of one playbook; more belong into two playbooks.
  private static final int MOST_STEPS = 20;

  public Playbook {
    treats = Set.copyOf(treats);
    parameters = Map.copyOf(parameters);
    preconditions = List.copyOf(preconditions);
    steps = List.copyOf(steps);
    requirePositive(id + " timeout", timeout);
    if (steps.isEmpty() || steps.size() > MOST_STEPS) {
      throw new IllegalArgumentException(
          id + " must have 1–" + MOST_STEPS + " steps: " + steps.size());
    }
    if (!(prior > 0 && prior < 1)) {
      throw new IllegalArgumentException(id + " prior must be in (0, 1): " + prior);
    }
    var names = new HashSet<String>();
    for (Step step : steps) {
      if (!names.add(step.name())) {
        throw new IllegalArgumentException(id + " has two steps named " + step.name());
      }
    }
  }

  /// Derived from the steps, never claimed: no step leaves something behind for ever.
  public boolean isReversible() {
    return steps.stream().noneMatch(step -> step.undo() instanceof Undo.Irreversible);
  }

  private static void requirePositive(String what, Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException(what + " must be positive: " + duration);
    }
  }
}
