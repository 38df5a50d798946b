package io.grace.runtime.rehearsal;

import io.grace.core.model.Argument;
import io.grace.core.model.Plan;
import io.grace.core.state.Run.Aftermath;
import io.grace.core.state.Run.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came of playing a playbook. *Immutable.*
///
/// @param plan empty if it could not be made, or was not started
/// @param outcome empty if it was not started
/// @param reason why it was not started, or how it ended
/// @param steps those that acted, in the order in which they were begun; one for each attempt
/// @param undone those that were taken back, in order
/// @param results what came of each step that is over
/// @param asked questions that were open at some time
/// @param took from approval to the end
/// @param worked from approval until no step was left
/// @param acting the most actions under way at the same time
/// @param story what happened, a line each
public record Played(
    Optional<Plan> plan,
    Optional<Outcome> outcome,
    Optional<Aftermath> aftermath,
    String reason,
    List<String> steps,
    List<String> undone,
    Map<String, Argument> results,
    List<String> asked,
    Duration took,
    Duration worked,
    int acting,
    List<String> story) {
  public Played {
    steps = List.copyOf(steps);
    undone = List.copyOf(undone);
    results = Map.copyOf(results);
    asked = List.copyOf(asked);
    story = List.copyOf(story);
  }

  static Played notStarted(Optional<Plan> plan, String why) {
    return new Played(
        plan,
        Optional.empty(),
        Optional.empty(),
        why,
        List.of(),
        List.of(),
        Map.of(),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        0,
        List.of());
  }
}
