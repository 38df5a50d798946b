package io.grace.runtime.rehearsal;

import io.grace.core.event.Event.StepOutcome;
import io.grace.core.model.Argument;
import io.grace.core.model.Diagnosis;
import io.grace.core.model.MetricId;
import io.grace.core.model.ServiceId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the world does while a playbook is played. *Immutable.*
///
/// @param diagnosis of the incident that it is played for
/// @param settings values for the parameters of the playbook
/// @param metrics what is measured to begin with, once a second
/// @param acts what comes of the steps that act, by name; a step that is not here is done after a
///   second and changes nothing
/// @param undos what comes of taking them back
/// @param answers what people answer to the steps that ask; a step that is not here is not answered
/// @param changes what is measured from some time on, whatever was done
/// @param crashes when the process dies and the next one begins
public record Script(
    Diagnosis diagnosis,
    Map<String, Argument> settings,
    Map<Metric, Optional<Double>> metrics,
    Map<String, List<Effect>> acts,
    Map<String, Effect> undos,
    Map<String, Answer> answers,
    List<Change> changes,
    List<Duration> crashes) {
  /// @param service whose
  public record Metric(ServiceId service, MetricId metric) {}

  /// @param ending what it comes to; empty if it never ends by itself
  /// @param after how long it takes
  /// @param then what is measured afterwards; an empty value means that nothing is
  public record Effect(
      Optional<StepOutcome> ending, Duration after, Map<Metric, Optional<Double>> then) {
    public static final Effect DONE =
        new Effect(Optional.of(StepOutcome.DONE), Duration.ofSeconds(1), Map.of());

    public Effect {
      then = Map.copyOf(then);
    }
  }

  public record Answer(Argument with, Duration after) {}

  public record Change(Duration at, Map<Metric, Optional<Double>> metrics) {
    public Change {
      metrics = Map.copyOf(metrics);
    }
  }

  public Script {
    settings = Map.copyOf(settings);
    metrics = Map.copyOf(metrics);
    acts = Map.copyOf(acts);
    undos = Map.copyOf(undos);
    answers = Map.copyOf(answers);
    changes = List.copyOf(changes);
    crashes = List.copyOf(crashes);
  }

  /// What comes of an attempt; the last one that is written stands for all later ones.
  ///
  /// @param step its whole name, such as `each.orders.restart`
  Effect effect(String step, int attempt) {
    List<Effect> effects = acts.getOrDefault(step, List.of());
    return effects.isEmpty() ? Effect.DONE : effects.get(Math.min(attempt, effects.size() - 1));
  }
}
